import type { SpoolStatistics } from '@audit/spool';

/**
 * Where the events are. Every method moves events from one count to another in one step, so that
 * `emitted = acknowledged + spooled + dead + rejected` holds between any two of them.
 */
export class Counters {
  emitted = 0;
  /** Of those emitted, the ones that an earlier process left. */
  recovered = 0;
  acknowledged = 0;
  spooled = 0;
  dead = 0;
  /** Of those dead, the ones whose entry the disk destroyed. */
  damaged = 0;
  rejected = 0;
  requests = 0;
  retries = 0;
  #tornAppends = 0;

  recover(events: number): void {
    this.recovered += events;
    this.emitted += events;
    this.spooled += events;
  }

  accept(): void {
    this.emitted += 1;
    this.spooled += 1;
  }

  reject(): void {
    this.emitted += 1;
    this.rejected += 1;
  }

  acknowledge(events: number): void {
    this.spooled -= events;
    this.acknowledged += events;
  }

  bury(): void {
    this.spooled -= 1;
    this.dead += 1;
  }

  /** Notes what the spool has found out about its entries since it was opened. */
  settle({ damagedEntries, tornAppends }: Pick<SpoolStatistics, 'damagedEntries' | 'tornAppends'>): void {
    const destroyed = damagedEntries - this.damaged;
    this.damaged = damagedEntries;
    this.spooled -= destroyed;
    this.dead += destroyed;
    // Never kept, so never emitted: it only seemed to wait.
    const torn = tornAppends - this.#tornAppends;
    this.#tornAppends = tornAppends;
    this.recover(-torn);
  }
}
