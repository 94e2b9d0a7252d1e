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
  #handedOut: ReadonlyMap<string, Coalesced<About>> = new Map();

  /** Counts a request under the first of several descriptions for which there is room; the last must be one of few. */
  add(choices: readonly CountedAs<About>[], records: number, at: number): void {
    for (const { about, entriesMax = Number.POSITIVE_INFINITY } of choices) {
      const key = JSON.stringify(about);
      // What is handed out may come back.
      const isFull = this.#entries.size + this.#handedOut.size >= entriesMax;
      if (isFull && !this.#entries.has(key) && !this.#handedOut.has(key)) continue;
      this.#count(key, { about, requests: 1, records, firstAt: at, lastAt: at });
      return;
    }
  }

  /** Hands out what was counted, and begins anew; what is not told is taken back, and counted with what came meanwhile. */
  async handOut(tell: (counted: readonly Coalesced<About>[]) => Promise<'told' | 'later'>): Promise<void> {
    const entries = this.#entries;
    this.#handedOut = entries;
    this.#entries = new Map();
    const outcome = await tell([...entries.values()]);
    this.#handedOut = new Map();
    if (outcome === 'later') for (const [key, entry] of entries) this.#count(key, entry);
  }

  /** Forgets what was counted. @returns how many entries that were */
  clear(): number {
    const { size } = this.#entries;
    this.#entries.clear();
    return size;
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
