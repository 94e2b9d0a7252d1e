import type { AuditError } from '@audit/schema';

/**
 * Why the client did not take an event.
 *
 * - `queue_full`: the spool has reached its quota; the server is slow or away
 * - `disk_full`: the disk, or the user's share of it, has no room
 * - `spool_failed`: the disk failed in another way
 * - `too_large`: the event is longer than the contract's 262,144 bytes of JSON in UTF-8
 * - `not_serialisable`: the event cannot be written as JSON, for example a cycle or a BigInt
 * - `builder_failed`: a manager's builder threw
 * - `closed`: the client was closed before
 */
export type RejectionReason =
  | 'queue_full'
  | 'disk_full'
  | 'spool_failed'
  | 'too_large'
  | 'not_serialisable'
  | 'builder_failed'
  | 'closed';

/** An event that was not taken: it is lost unless the caller emits it again. */
export interface RejectedEmission {
  readonly status: 'rejected';
  readonly reason: RejectionReason;
  readonly eventId?: string;
  /** What was thrown, or what the disk said, when something was. */
  readonly error?: AuditError;
}

/** A builder's decision that there is nothing to record. */
export interface SkippedEmission {
  readonly status: 'skipped';
  readonly reason: string;
}

/** What became of an event at the moment it was emitted; delivery follows later. */
export type EmissionOutcome =
  | {
      /** The spool holds the event. */
      readonly status: 'accepted';
      readonly eventId: string;
    }
  | RejectedEmission
  | SkippedEmission;

/** What became of an event whose caller waited for the disk. */
export type DurableOutcome =
  | {
      /** The event survives a loss of power. */
      readonly status: 'durable';
      readonly eventId: string;
    }
  | {
      /** The spool holds the event, and will deliver it, but the disk did not confirm it. */
      readonly status: 'accepted';
      readonly eventId: string;
      /** Why not: the disk failed, or the spool is in memory. */
      readonly error: AuditError;
    }
  | RejectedEmission
  | SkippedEmission;
