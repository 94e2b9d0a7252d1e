import type { Spool } from '@audit/spool';
import type { SettledEntry } from '../outage/spool-observer.ts';

/** Where the events of an entry come from: this process, an earlier one, or another entry that still holds them. */
export type EntryOrigin = 'own' | 'earlier' | 'copy';

/**
 * Knows how many events of this process wait in a spool. A spool counts entries, which are requests; and what an earlier
 * process has left is not known before it is read.
 */
export class SpoolTally {
  readonly #spool: Spool;
  readonly #firstOwn: number;
  /** Origins of entries that their sequence does not tell. */
  readonly #origins = new Map<number, EntryOrigin>();
  #waiting = 0;

  /** @param spool as it was opened, before anything was appended */
  constructor(spool: Spool) {
    this.#spool = spool;
    this.#firstOwn = spool.statistics().nextSequence;
  }

  /** Events that wait. None when the spool is empty: those that are missing then were destroyed, and must be missed. */
  get waiting(): number {
    return this.#spool.statistics().entries === 0 ? 0 : this.#waiting;
  }

  /** Notes events that were appended. */
  add(events: number): void {
    this.#waiting += events;
  }

  /** Notes an entry that is a copy. It stays one if the entry it was made of is not settled because of it. */
  copy(sequence: number): void {
    this.#origins.set(sequence, 'copy');
  }

  /** Notes that an entry has left the spool, and tells where its events came from. */
  settle({ sequence, drained, dead, movedTo }: SettledEntry): EntryOrigin {
    const origin = this.#origins.get(sequence) ?? (sequence < this.#firstOwn ? 'earlier' : 'own');
    this.#origins.delete(sequence);
    for (const moved of movedTo) this.#origins.set(moved, origin);
    if (origin === 'own') this.#waiting -= drained + dead;
    return origin;
  }
}
