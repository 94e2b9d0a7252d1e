import type { Check, Failure, Report } from './report.ts';

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
