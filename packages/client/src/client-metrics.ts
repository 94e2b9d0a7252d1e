import type { ClientState } from './client-state.ts';

/**
 * A snapshot of the client's counts since its creation.
 * `emitted = acknowledged + spooled + dead + rejected` holds in every snapshot.
 */
export interface ClientMetrics {
  /** Events given to the client, by `emit` or through a manager; skipped ones are not counted. */
  readonly emitted: number;
  /** Events that the server has taken. */
  readonly acknowledged: number;
  /** Events waiting in the queue, those in flight included. */
  readonly spooled: number;
  /** Events that the server refused for good. */
  readonly dead: number;
  /** Events that the client did not take. */
  readonly rejected: number;
  /** Requests sent. */
  readonly requests: number;
  /** Requests sent because the one before failed. */
  readonly retries: number;
  readonly state: ClientState;
}

/** What `flush` and `close` report: totals since the client was created. */
export interface FlushReport {
  /** Whether none of the events that were queued at the call still waits: each is acknowledged or dead. */
  readonly delivered: boolean;
  readonly acknowledged: number;
  /** Events still waiting. */
  readonly queued: number;
  readonly dead: number;
  readonly rejected: number;
}
