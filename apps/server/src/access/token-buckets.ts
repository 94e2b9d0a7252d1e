/** Options of {@link TokenBuckets}. */
export interface TokenBucketsOptions {
  /** Requests a second that one key may make in the long run; twice as many at once. */
  readonly perSecond: number;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Keys that are remembered; default 10,000. The one not seen for longest is forgotten first. */
  readonly keysMax?: number;
}

interface Bucket {
  readonly level: number;
  readonly at: number;
}

/** Limits how often each of many may do something: a bucket for each, which fills as time goes by. */
export class TokenBuckets {
  readonly #options: TokenBucketsOptions;
  readonly #buckets = new Map<string, Bucket>();

  constructor(options: TokenBucketsOptions) {
    this.#options = options;
  }

  /** Takes from the bucket of a key. @returns 0, or the whole seconds to wait when it is empty */
  take(key: string): number {
    const { keysMax = 10_000, now, perSecond } = this.#options;
    const at = now();
    const level = this.#levelOf(key, at);
    this.#buckets.delete(key);
    this.#buckets.set(key, { level: level < 1 ? level : level - 1, at });
    for (const oldest of this.#buckets.keys()) {
      if (this.#buckets.size <= keysMax) break;
      this.#buckets.delete(oldest);
    }
    return level < 1 ? Math.ceil((1 - level) / perSecond) : 0;
  }

  #levelOf(key: string, now: number): number {
    const { perSecond } = this.#options;
    const full = 2 * perSecond;
    const bucket = this.#buckets.get(key);
    if (bucket === undefined) return full;
    // A clock that is set back must not empty the bucket.
    return Math.min(full, bucket.level + (Math.max(0, now - bucket.at) / 1_000) * perSecond);
  }
}
