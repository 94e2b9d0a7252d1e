import type { PreparedEvent } from '../record/prepare-event.ts';

/** The events of one request: stored together or not at all. */
export type Submission = readonly PreparedEvent[];

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
