import type { ClientState } from './client-state.ts';

/**
 * A snapshot of the client's counts since its creation.
 * `emitted = acknowledged + spooled + dead + rejected` holds in every snapshot.
 */
export interface ClientMetrics {
  /** Events given to the client, by `emit` or through a manager, and those recovered; skipped ones are not counted. */
  readonly emitted: number;
  /** Of those emitted, the events that an earlier process left in the spool. */
  readonly recovered: number;
  /** Events that the server has taken. */
  readonly acknowledged: number;
  /** Events waiting in the spool, those in flight included. */
  readonly spooled: number;
  /** Events that will never be delivered: dead letters, and those that the disk destroyed. */
  readonly dead: number;
  /** Of those dead, the events that the disk destroyed; what is left of their bytes is in quarantine. */
  readonly damaged: number;
  /** Events that the client did not take. */
  readonly rejected: number;
  /** Batches sent. */
  readonly requests: number;
  /** Attempts made because the one before failed. */
  readonly retries: number;
  readonly state: ClientState;
}

/** What `flush` and `close` report: totals since the client was created. */
export interface FlushReport {
  /** Whether none of the events that were spooled at the call still waits: each is acknowledged or dead. */
  readonly delivered: boolean;
  readonly acknowledged: number;
  /** Events still waiting. */
  readonly spooled: number;
  readonly dead: number;
  readonly rejected: number;
}
