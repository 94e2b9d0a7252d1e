/** An event of a producer as the test knows it. */
export interface ToldEvent {
  readonly correlation: string;
  readonly expiresAt: number;
  isPurged: boolean;
}

/** What must be true of a log, from what its producers and operators were told alone. */
export class ToldLog {
  readonly #events: ToldEvent[] = [];
  readonly #held = new Set<string>();

  get events(): number {
    return this.#events.length;
  }

  get purged(): number {
    return this.#events.filter(({ isPurged }) => isPurged).length;
  }

  purgedOf(correlation: string): number {
    return this.#events.filter((event) => event.isPurged && event.correlation === correlation).length;
  }

  store(event: Omit<ToldEvent, 'isPurged'>): void {
    this.#events.push({ ...event, isPurged: false });
  }

  hold(correlation: string): void {
    this.#held.add(correlation);
  }

  release(correlation: string): void {
    this.#held.delete(correlation);
  }

  /** Purges what is expired and not held. */
  purge(now: number): void {
    for (const event of this.#events) {
      if (event.expiresAt <= now && !this.#held.has(event.correlation)) event.isPurged = true;
    }
  }
}
