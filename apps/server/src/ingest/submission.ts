import type { PreparedEvent } from '../record/prepare-event.ts';

/** The events of one request: stored together or not at all. */
export type Submission = readonly PreparedEvent[];

/** Characters of the records of a submission: what it takes in memory and in a transaction, nearly. */
export function submissionLength(submission: Submission): number {
  return submission.reduce((sum, event) => sum + event.opening.length, 0);
}

/** What became of a submission. */
export type SubmissionResult =
  | {
      readonly outcome: 'stored';
      /** Events written now; the others were stored before. */
      readonly added: number;
    }
  | {
      readonly outcome: 'conflict';
      /** Positions of the events whose id is stored with other content. */
      readonly indexes: readonly number[];
    };

/** The submission is safe on disk and will be stored. */
export interface AcceptedResult {
  readonly outcome: 'accepted';
}
