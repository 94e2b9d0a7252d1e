import type { Check, ExportReport, Failure, PackReport, Report } from '@audit/integrity';

/** What was verified, and what was found. */
export type Finding = {
  /** File or address that was verified, for people. */
  readonly subject: string;
  /** Whether a key of the log was given; without one, who signed is what the subject says itself. */
  readonly isTrusted: boolean;
} & (
  | { readonly kind: 'export' | 'log'; readonly report: ExportReport }
  | { readonly kind: 'pack'; readonly report: PackReport }
);

/** Statements that belong into a report beside those it has. */
export interface MoreChecks {
  readonly checks: readonly Check[];
  /** What does not hold, if anything. */
  readonly failure?: Failure | undefined;
}

/** Adds statements to a report; what does not hold in them breaks it. */
export function addChecks<Found extends Report>(report: Found, { checks, failure }: MoreChecks): Found {
  return {
    ...report,
    verdict: failure === undefined ? report.verdict : 'broken',
    checks: [...report.checks, ...checks],
    failure: report.failure ?? failure,
  };
}
