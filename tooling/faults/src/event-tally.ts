/** What is known of an event; several can be true. */
export const marks = {
  intended: 1,
  accepted: 2,
  rejected: 4,
  stored: 8,
  dead: 16,
  spooled: 32,
  damaged: 64,
  removed: 128,
  quarantined: 256,
} as const;

/** One of the things that can be known of an event. */
export type Mark = keyof typeof marks;

/** What is known of every event of one producer: two bytes each. */
export class EventTally {
  readonly #bits: Uint16Array;

  constructor(events: number) {
    this.#bits = new Uint16Array(events);
  }

  get length(): number {
    return this.#bits.length;
  }

  /** Adds a mark; returns false when the event had it before or is none of this producer's. */
  add(counter: number, mark: Mark): boolean {
    const before = this.#bits[counter];
    if (before === undefined || (before & marks[mark]) !== 0) return false;
    this.#bits[counter] = before | marks[mark];
    return true;
  }

  has(counter: number, mark: Mark): boolean {
    return ((this.#bits[counter] ?? 0) & marks[mark]) !== 0;
  }

  /** Counts the events with a mark. */
  count(mark: Mark): number {
    return this.#bits.reduce((sum, bits) => sum + ((bits & marks[mark]) === 0 ? 0 : 1), 0);
  }
}
