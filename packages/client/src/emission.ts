import type { AuditError } from '@audit/schema';

/**
 * Why the client did not take an event.
 *
 * - `queue_full`: the queue has no room; the server is slow or away
 * - `too_large`: the event is longer than the contract's 262,144 bytes of JSON in UTF-8
 * - `not_serialisable`: the event cannot be written as JSON, for example a cycle or a BigInt
 * - `builder_failed`: a manager's builder threw
 * - `closed`: the client was closed before
 */
export type RejectionReason = 'queue_full' | 'too_large' | 'not_serialisable' | 'builder_failed' | 'closed';

/** An event that was not taken: it is lost unless the caller emits it again. */
export interface RejectedEmission {
  readonly status: 'rejected';
  readonly reason: RejectionReason;
  readonly eventId?: string;
  /** What was thrown, when something was. */
  readonly error?: AuditError;
}

/** What became of an event at the moment it was emitted; delivery follows later. */
export type EmissionOutcome =
  | {
      /** The queue holds the event. */
      readonly status: 'accepted';
      readonly eventId: string;
    }
  | RejectedEmission
  | {
      /** A manager's builder decided that there is nothing to record. */
      readonly status: 'skipped';
      readonly reason: string;
    };
