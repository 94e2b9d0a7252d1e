/**
 * Remembers the newest record's hash of recently written correlations, so that most commits need not ask the database.
 * Valid as long as nobody else writes to the log.
 */
export class CorrelationHeads {
  readonly #hashes = new Map<string, string>();
  readonly #capacity: number;

  /** @param capacity correlations to remember; default 100,000 */
  constructor(capacity = 100_000) {
    this.#capacity = capacity;
  }

  has(correlationId: string): boolean {
    return this.#hashes.has(correlationId);
  }

  /** Hash of the newest record; empty when the correlation has none. */
  get(correlationId: string): string {
    return this.#hashes.get(correlationId) ?? '';
  }

  /** Notes a newer record and forgets the correlations not written for longest. */
  set(correlationId: string, eventHash: string): void {
    this.#hashes.delete(correlationId);
    this.#hashes.set(correlationId, eventHash);
    if (this.#hashes.size <= this.#capacity) return;
    const [oldest] = this.#hashes.keys();
    if (oldest !== undefined) this.#hashes.delete(oldest);
  }

  clear(): void {
    this.#hashes.clear();
  }
}
