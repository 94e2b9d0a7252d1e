import type { ExportReport, Failure, PackReport, Verdict } from '@audit/integrity';
import type { IconName } from '../../../controls/icon.tsx';
import { numberText } from '../../../format/number-text.ts';

/** What was verified, and by whose keys. */
export interface Verified {
  readonly subject: 'log' | 'pack';
  readonly report: ExportReport | PackReport;
  /** Whether the person gave a key of the log. */
  readonly isTrusted: boolean;
}

/** A verdict as it is shown. */
export interface VerdictWords {
  readonly tone: 'proven' | 'consistent' | 'unknown' | 'broken';
  readonly icon: IconName;
  readonly heading: string;
  /** What that means here. */
  readonly meaning: string;
}

const looks = {
  proven: { tone: 'proven', icon: 'success', heading: 'Proven' },
  consistent_unwitnessed: { tone: 'consistent', icon: 'success', heading: 'Consistent, but unwitnessed' },
  cannot_check: { tone: 'unknown', icon: 'warning', heading: 'Cannot be proven' },
  broken: { tone: 'broken', icon: 'failure', heading: 'Broken' },
} as const satisfies Record<Verdict, Omit<VerdictWords, 'meaning'>>;

/** Says what a verification came to, in a sentence or two that need no manual. */
export function verdictWords(verified: Verified): VerdictWords {
  return { ...looks[verified.report.verdict], meaning: meaningOf(verified) };
}

/** What a verification does not show, whatever its verdict. */
export function notShown({ isTrusted, report }: Verified): string[] {
  const witnesses = report.checkpoint?.witnessedBy.length ?? 0;
  return [
    ...(isTrusted ? [] : ['Who signed the checkpoint: no key of yours says so.']),
    ...(report.verdict !== 'proven' && witnesses === 0
      ? ['That others are shown the same records: only a witness can say so.']
      : []),
    ...(report.purged > 0
      ? [`What the ${numberText(report.purged)} purged records said: only their hashes are left.`]
      : []),
    'That what the records say is true: only that it is what the log holds.',
  ];
}

/** Says where a failure is, as far as that is known: `line 38, record 33`. */
export function placeOf({ line, sequence }: Failure): string | undefined {
  const places = [
    ...(line === undefined ? [] : [`line ${numberText(line)}`]),
    ...(sequence === undefined ? [] : [`record ${numberText(sequence)}`]),
  ];
  return places.length === 0 ? undefined : places.join(', ');
}

function meaningOf({ isTrusted, report, subject }: Verified): string {
  const all = recordsOf(report, subject);
  switch (report.verdict) {
    case 'proven':
      return `${all}, up to a checkpoint that a key you trust signed and a witness you trust saw.`;
    case 'consistent_unwitnessed':
      return `${all}, up to a checkpoint that a key you trust signed. No witness you trust saw it, so others could have been shown other records.`;
    case 'cannot_check':
      if (!isTrusted)
        return `${all}. But the keys come from the ${holderOf(subject)} itself: whoever could change the records could give you other keys. Add a key that you got elsewhere.`;
      return 'Nothing contradicts, but what would prove it is missing; see below.';
    default:
      return report.failure?.message ?? 'Something contradicts.';
  }
}

function recordsOf({ purged, records }: Verified['report'], subject: Verified['subject']): string {
  // A report of a log counts purged records among all, one of a pack beside them.
  const count = subject === 'log' ? records : records + purged;
  if (count === 1) return 'The one record is unchanged and in its place';
  const all = subject === 'log' ? `All ${numberText(count)} records` : `The ${numberText(count)} records`;
  return `${all} are unchanged and in their place`;
}

function holderOf(subject: Verified['subject']): string {
  return subject === 'log' ? 'server' : 'pack';
}
