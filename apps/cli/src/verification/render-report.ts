import type { Check, Failure, Verdict } from '@audit/integrity';
import { displayText } from '@audit/schema';
import { stylesFor } from '../output/styles.ts';
import type { Finding } from './finding.ts';

/** What {@link renderReport} writes about. */
export interface RenderedReport {
  readonly finding: Finding;
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

const kinds = {
  export: 'export',
  log: 'log',
  pack: 'evidence pack',
} as const satisfies Record<Finding['kind'], string>;

const outcomes = {
  holds: 'holds      ',
  not_checked: 'not checked',
  fails: 'fails      ',
} as const satisfies Record<Check['outcome'], string>;

/** Writes a report for a person: the verdict, every check, who vouches, the first fault, and what is not shown. */
export function renderReport({ finding, notShown, hasColors }: RenderedReport): string {
  const { kind, report, subject } = finding;
  const { bold, green, red, yellow } = stylesFor(hasColors);
  const colors = { proven: green, consistent_unwitnessed: green, cannot_check: yellow, broken: red };
  const verdict = colors[report.verdict](bold(verdicts[report.verdict]));
  const checks = report.checks.map(({ outcome, statement }) => {
    const line = `  ${outcomes[outcome]}  ${safe(statement)}`;
    return outcome === 'fails' ? red(line) : line;
  });
  const lines = [
    `${safe(subject)}, ${kinds[kind]}: ${verdict}`,
    '',
    ...checks,
    '',
    ...(report.failure === undefined ? [] : [red(`First fault: ${safe(describeFailure(report.failure))}`)]),
    `Signed by:    ${safe(signersOf(finding))}`,
    `Witnessed by: ${safe(witnessesOf(finding))}`,
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

function signersOf({ isTrusted, kind, report }: Finding): string {
  const signers = [...(report.checkpoint?.signedBy ?? [])];
  if (kind === 'pack' && report.signedBy !== undefined) signers.push(report.signedBy);
  const names = new Set(signers.map(({ name, id }) => `${name}+${id}`));
  if (names.size === 0) return 'nobody that is trusted';
  const itself = kind === 'log' ? 'server' : 'file';
  return `${[...names].join(', ')}${isTrusted ? '' : `, says the ${itself} itself: no reason to believe it`}`;
}

function witnessesOf({ isTrusted, kind, report }: Finding): string {
  const witnesses = report.checkpoint?.witnessedBy ?? [];
  const texts = witnesses.map(
    ({ name, id, timestamp }) => `${name}+${id} at ${new Date(timestamp * 1_000).toISOString()}`,
  );
  if (texts.length === 0) return 'nobody that is trusted';
  return `${texts.join(', ')}${isTrusted || kind === 'log' ? '' : ', says the file itself'}`;
}

function safe(text: string): string {
  return displayText(text, textCharsMax);
}
