/** Requests that are told of together. */
export interface Coalesced<About> {
  readonly about: About;
  readonly requests: number;
  readonly records: number;
  /** Milliseconds since 1970, of the first and of the last of them. */
  readonly firstAt: number;
  readonly lastAt: number;
}

/** Under what a request may be counted. */
export interface CountedAs<About> {
  readonly about: About;
  /** Nothing new is counted under it once so many different things are; default no bound. */
  readonly entriesMax?: number;
}

/** Counts requests that are alike, in bounded memory. */
export class CoalescedRequests<About> {
  #entries = new Map<string, Coalesced<About>>();

  get isEmpty(): boolean {
    return this.#entries.size === 0;
  }

  /** Counts a request under the first of several descriptions for which there is room; the last must be one of few. */
  add(choices: readonly CountedAs<About>[], records: number, at: number): void {
    for (const { about, entriesMax = Number.POSITIVE_INFINITY } of choices) {
      const key = JSON.stringify(about);
      if (!this.#entries.has(key) && this.#entries.size >= entriesMax) continue;
      this.#count(key, { about, requests: 1, records, firstAt: at, lastAt: at });
      return;
    }
  }

  /** Hands out what was counted, and begins anew. */
  take(): readonly Coalesced<About>[] {
    const taken = [...this.#entries.values()];
    this.#entries = new Map();
    return taken;
  }

  /** Takes back what was handed out and could not be told; it is counted with what came since. */
  giveBack(taken: readonly Coalesced<About>[]): void {
    for (const each of taken) this.#count(JSON.stringify(each.about), each);
  }

  #count(key: string, more: Coalesced<About>): void {
    const entry = this.#entries.get(key);
    this.#entries.set(key, entry === undefined ? more : join(entry, more));
  }
}

function join<About>(one: Coalesced<About>, other: Coalesced<About>): Coalesced<About> {
  return {
    about: one.about,
    requests: one.requests + other.requests,
    records: one.records + other.records,
    firstAt: Math.min(one.firstAt, other.firstAt),
    lastAt: Math.max(one.lastAt, other.lastAt),
  };
}
