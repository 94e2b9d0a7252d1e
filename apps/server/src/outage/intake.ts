import type { SpoolStatistics } from '@audit/spool';
import type { QueueDepth } from '../ingest/group-commit.ts';
import type { WriteOptions } from '../ingest/log-writer.ts';
import type { AcceptedResult, Submission, SubmissionResult } from '../ingest/submission.ts';
import type { OutageState } from './outage-state.ts';

/** Stores submissions in one transaction, in their order; the next call may come while one is under way. */
export type StoreWrite = (
  submissions: readonly Submission[],
  options?: StoreWriteOptions,
) => Promise<readonly SubmissionResult[]>;

/** Options of {@link StoreWrite}. */
export interface StoreWriteOptions extends WriteOptions {
  /** Whether the events were spooled before; default false. For those who count. */
  readonly isFromSpool?: boolean;
}

/** The database as writing needs it. */
export interface IntakeStore {
  /** Asks the database for any answer. */
  readonly reach: () => Promise<void>;
  /** Makes the database ready to be written; done again after each outage. A migration may take its time. */
  readonly open: () => Promise<void>;
  readonly write: StoreWrite;
  /** Cuts the connections, so that whatever waits for the database fails. */
  readonly disconnect: () => void;
}

/** How many times longer opening the store may take than one of its steps: a migration goes through all there is. */
export const openPatience = 120;

/** What an intake with a spool is doing. */
export interface IntakeStatus {
  readonly state: OutageState;
  /** Whether the spool was full or failed a moment ago. */
  readonly isSpoolRefusing: boolean;
  readonly spool: SpoolStatistics;
}

/** Takes the writes of the service. */
export interface Intake {
  /** Undefined when there is no spool. */
  readonly status: IntakeStatus | undefined;
  readonly queue: QueueDepth;
  /**
   * Stores a submission, or keeps it safe to be stored later.
   * @throws {StoreUnavailableError} when neither is possible now
   * @throws {TooManyWaitingError} when too much waits
   */
  submit(submission: Submission): Promise<SubmissionResult | AcceptedResult>;
  /** Answers what was submitted; what can be stored within the time is, the rest stays in the spool. */
  close(milliseconds: number): Promise<void>;
}
