import type { Spool } from '@audit/spool';

/** An entry that left a spool, and what became of its events. */
export interface SettledEntry {
  readonly sequence: number;
  /** Events that the database has. */
  readonly drained: number;
  /** Events that can never be stored; one for an entry that cannot be read. */
  readonly dead: number;
  /** Entries that events which can never be stored have got for themselves, to become dead letters one by one. */
  readonly movedTo: readonly number[];
}

/** Told about the events that go through spools. */
export interface SpoolObserver {
  /** A spool is used from now on; nothing was appended yet. */
  opened(spool: Spool): void;
  spooled(spool: Spool, events: number): void;
  settled(spool: Spool, entry: SettledEntry): void;
  /** A spool is used no longer. */
  closed(spool: Spool): void;
}
