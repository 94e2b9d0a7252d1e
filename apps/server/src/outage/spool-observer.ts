import type { Spool } from '@audit/spool';

/** An entry that left a spool, and what became of its events. */
export interface SettledEntry {
  readonly sequence: number;
  /** Events that the database has. */
  readonly drained: number;
  /** Events that can never be stored; one for an entry that cannot be read. */
  readonly dead: number;
  /** Copies that events which can never be stored now live in, to become dead letters one by one. */
  readonly movedTo: readonly number[];
}

/** Told about the events that go through spools. */
export interface SpoolObserver {
  /** A spool is used from now on; nothing was appended yet. */
  opened(spool: Spool): void;
  spooled(spool: Spool, events: number): void;
  /** An entry holds a copy of an event that another entry still holds. */
  copied(spool: Spool, sequence: number): void;
  settled(spool: Spool, entry: SettledEntry): void;
  /** A spool is used no longer. */
  closed(spool: Spool): void;
}
