import type { SequenceRange } from './sequence-ranges.ts';

/** Which sequences have left the queue: a floor, below which all have, and what lies scattered above it. */
export class Acknowledgements {
  #floor: number;
  readonly #beyond: Set<number>;
  /** Sequences that no entry has, ascending: burned, or lost to damage. */
  readonly #gaps: SequenceRange[] = [];

  constructor(floor: number, beyond: readonly number[]) {
    this.#floor = floor;
    this.#beyond = new Set(beyond.filter((sequence) => sequence >= floor));
    this.#rise();
  }

  /** Everything below has left the queue. */
  get floor(): number {
    return this.#floor;
  }

  /** Sequences above the floor that were acknowledged, ascending. */
  get beyond(): number[] {
    return [...this.#beyond].sort((a, b) => a - b);
  }

  has(sequence: number): boolean {
    return sequence < this.#floor || this.#beyond.has(sequence);
  }

  add(sequence: number): void {
    if (sequence < this.#floor) return;
    this.#beyond.add(sequence);
    this.#rise();
  }

  /** Notes that no entry has these sequences. */
  skip(gap: SequenceRange): void {
    if (gap.to <= this.#floor) return;
    this.#gaps.push(gap);
    this.#gaps.sort((a, b) => a.from - b.from);
    this.#rise();
  }

  /** How many of these sequences are acknowledged one by one. */
  countWithin({ from, to }: SequenceRange): number {
    let count = Math.max(0, Math.min(this.#floor, to) - from);
    for (const sequence of this.#beyond) if (sequence >= from && sequence < to) count += 1;
    return count;
  }

  #rise(): void {
    for (;;) {
      const gap = this.#gaps[0];
      if (gap !== undefined && gap.from <= this.#floor) {
        this.#floor = Math.max(this.#floor, gap.to);
        this.#gaps.shift();
        for (const sequence of this.#beyond) if (sequence < this.#floor) this.#beyond.delete(sequence);
      } else if (this.#beyond.delete(this.#floor)) {
        this.#floor += 1;
      } else return;
    }
  }
}
