import type { Check, Failure, Verdict } from '@audit/integrity';
import { displayText } from '../output/display-text.ts';
import { stylesFor } from '../output/styles.ts';
import type { FileReport } from './verify-file.ts';

/** What {@link renderReport} writes about. */
export interface RenderedReport {
  readonly file: string;
  readonly found: FileReport;
  readonly notShown: readonly string[];
  readonly hasColors: boolean;
}

const textCharsMax = 1_000;

const verdicts = {
  proven: 'proven',
  consistent_unwitnessed: 'proven up to the key of the log, witnessed by nobody',
  cannot_check: 'nothing wrong was found, and nothing is proven',
  broken: 'broken',
} as const satisfies Record<Verdict, string>;

const outcomes = {
  holds: 'holds      ',
  not_checked: 'not checked',
  fails: 'fails      ',
} as const satisfies Record<Check['outcome'], string>;

/** Writes a report for a person: the verdict, every check, who vouches, the first fault, and what is not shown. */
export function renderReport({ file, found, notShown, hasColors }: RenderedReport): string {
  const { kind, report } = found;
  const { bold, green, red, yellow } = stylesFor(hasColors);
  const colors = { proven: green, consistent_unwitnessed: green, cannot_check: yellow, broken: red };
  const verdict = colors[report.verdict](bold(verdicts[report.verdict]));
  const checks = report.checks.map(({ outcome, statement }) => {
    const line = `  ${outcomes[outcome]}  ${safe(statement)}`;
    return outcome === 'fails' ? red(line) : line;
  });
  const lines = [
    `${safe(file)}, ${kind === 'pack' ? 'evidence pack' : 'export'}: ${verdict}`,
    '',
    ...checks,
    '',
    ...(report.failure === undefined ? [] : [red(`First fault: ${safe(describeFailure(report.failure))}`)]),
    `Signed by:    ${safe(signersOf(found))}`,
    `Witnessed by: ${safe(witnessesOf(found))}`,
    'Not shown:',
    ...notShown.map((statement) => `  - ${safe(statement)}`),
  ];
  return lines.map((line) => `${line}\n`).join('');
}

/** Says where a fault is and what it is about. */
export function describeFailure({ code, line, message, sequence }: Failure): string {
  const places = [
    ...(line === undefined ? [] : [`line ${line}`]),
    ...(sequence === undefined ? [] : [`record ${sequence}`]),
  ];
  return `${places.length === 0 ? '' : `${places.join(', ')}: `}${message} (${code})`;
}

function signersOf({ isTrusted, kind, report }: FileReport): string {
  const signers = [...(report.checkpoint?.signedBy ?? [])];
  if (kind === 'pack' && report.signedBy !== undefined) signers.push(report.signedBy);
  const names = new Set(signers.map(({ name, id }) => `${name}+${id}`));
  if (names.size === 0) return 'nobody that is trusted';
  return `${[...names].join(', ')}${isTrusted ? '' : ', says the file itself: no reason to believe it'}`;
}

function witnessesOf({ isTrusted, report }: FileReport): string {
  const witnesses = report.checkpoint?.witnessedBy ?? [];
  const texts = witnesses.map(
    ({ name, id, timestamp }) => `${name}+${id} at ${new Date(timestamp * 1_000).toISOString()}`,
  );
  if (texts.length === 0) return 'nobody that is trusted';
  return `${texts.join(', ')}${isTrusted ? '' : ', says the file itself'}`;
}

function safe(text: string): string {
  return displayText(text, textCharsMax);
}
