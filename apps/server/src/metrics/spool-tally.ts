import type { Spool } from '@audit/spool';
import type { SettledEntry } from '../outage/spool-observer.ts';

/**
 * Knows how many events of this process wait in a spool. A spool counts entries, which are requests; and those that an
 * earlier process has left are not known before they are read.
 */
export class SpoolTally {
  readonly #spool: Spool;
  readonly #firstOwn: number;
  /** Sequences of entries that hold events of an earlier process all the same. */
  readonly #moved = new Set<number>();
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

  /**
   * Notes that an entry has left the spool.
   * @returns how many of its events an earlier process had accepted
   */
  settle({ sequence, drained, dead, movedTo }: SettledEntry): number {
    const isOwn = sequence >= this.#firstOwn && !this.#moved.delete(sequence);
    if (isOwn) {
      this.#waiting -= drained + dead;
      return 0;
    }
    for (const moved of movedTo) this.#moved.add(moved);
    return drained + dead;
  }
}
