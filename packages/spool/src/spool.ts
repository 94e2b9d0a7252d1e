import type { AuditError } from '@audit/schema';

/** What is appended to a spool. */
export interface SpoolInput {
  /** Name of the entry for people and for the receiver's idempotency, the event id; at most 255 bytes of UTF-8. */
  readonly key: string;
  /** The entry itself, kept as UTF-8. */
  readonly text: string;
  /** Whether the entry may use the part of the quota that is kept for such entries; default false. */
  readonly critical?: boolean;
}

/**
 * Why an entry was not appended.
 *
 * - `quota`: the spool is as large as it may become
 * - `too_large`: the text is longer than `entryBytesMax`, or the key longer than 255 bytes
 * - `disk_full`: the disk or the user's share of it has no room (ENOSPC, EDQUOT)
 * - `io_error`: the disk failed in another way
 * - `closed`: the spool was closed before
 */
export type AppendRefusal = 'quota' | 'too_large' | 'disk_full' | 'io_error' | 'closed';

/** What became of an append. */
export type AppendOutcome =
  | { readonly status: 'appended'; readonly sequence: number }
  | {
      readonly status: 'refused';
      readonly reason: AppendRefusal;
      /** What the operating system said, for `disk_full` and `io_error`. */
      readonly error?: AuditError;
    };

/** An entry that waits. */
export interface SpoolEntry {
  /** Place in the spool; later entries have higher numbers, and a number is never used twice. */
  readonly sequence: number;
  readonly key: string;
  /** The text as UTF-8. Valid until the next `peek`. */
  readonly payload: Uint8Array;
  /** When it was appended, in milliseconds since 1970. */
  readonly appendedAtMs: number;
}

/** How much one `peek` may return. */
export interface PeekLimits {
  readonly entriesMax: number;
  /** Bytes of payload. The first entry is returned however long it is. */
  readonly bytesMax: number;
}

/** What a spool holds. */
export interface SpoolStatistics {
  /** Entries that wait. Exact unless the disk has damaged some; those are subtracted when they are found. */
  readonly entries: number;
  /**
   * Bytes of the entries that wait, and of what the spool keeps beside each of them. Right after a start it may count
   * acknowledged entries, until they were passed by reading.
   */
  readonly bytes: number;
  /** Bytes the spool occupies, acknowledged entries not yet removed, dead letters and quarantine included. */
  readonly occupiedBytes: number;
  /** Everything below this sequence has left the queue; `nextSequence` when none waits. */
  readonly firstSequence: number;
  /** Sequence that the next appended entry gets. */
  readonly nextSequence: number;
  /** Dead letters that are kept. */
  readonly deadLetters: number;
  /** Entries that damage has destroyed, found since the spool was opened. Their bytes are in quarantine. */
  readonly damagedEntries: number;
  /**
   * Appends that a dying process did not finish, found since the spool was opened. No caller was told that they are
   * kept; until they are found they count as waiting.
   */
  readonly tornAppends: number;
}

/** Why an entry can never be delivered. */
export interface DeathCause {
  /** Short and closed word of the owner, for example `invalid`. */
  readonly reason: string;
  /** The same for a person. */
  readonly detail: string;
}

/** An entry that can never be delivered, kept until a person replays or drops it. */
export interface DeadLetter extends DeathCause {
  /** Name within the spool, unique: sequence and key. */
  readonly id: string;
  readonly sequence: number;
  readonly key: string;
  /** The entry, exactly as it was appended. */
  readonly text: string;
  /** When it was appended, UTC. */
  readonly appendedAt: string;
  /** When it was given up, UTC. */
  readonly diedAt: string;
}

/**
 * A queue whose entries leave it only by being acknowledged or buried: first in, first out, at least once. After a
 * crash entries may come again that were acknowledged shortly before; the receiver recognises them by key.
 *
 * One caller reads at a time: `peek`, then `acknowledge` or `bury` what it returned, in any order, then `peek` again.
 */
export interface Spool {
  /** Keeps an entry. Synchronous; never throws. */
  append(input: SpoolInput): AppendOutcome;
  /** Reads the oldest waiting entries without removing them. Rejects with `spool_failed` when the disk cannot be read. */
  peek(limits: PeekLimits): Promise<readonly SpoolEntry[]>;
  /** Removes entries for good: the receiver has them. */
  acknowledge(entries: readonly SpoolEntry[]): void;
  /**
   * Keeps an entry as a dead letter, then removes it from the queue.
   * @throws {AuditError} `spool_failed` when the dead letter cannot be written; the entry then still waits
   */
  bury(entry: SpoolEntry, cause: DeathCause): Promise<void>;
  /** Lists the dead letters in the order in which they were appended. */
  deadLetters(): Promise<readonly DeadLetter[]>;
  /**
   * Resolves when everything appended so far survives a loss of power. Concurrent calls share one flush.
   * @throws {AuditError} `spool_failed` when the disk does not confirm, and as long as entries wait that it did not
   * confirm
   */
  sync(): Promise<void>;
  statistics(): SpoolStatistics;
  /**
   * Notes what was acknowledged and lets go of the directory; entries stay. Later appends are refused, later
   * acknowledgements have no effect. Never rejects.
   */
  close(): Promise<void>;
}
