import type { PeekLimits } from '@audit/spool';
import type { BatchLimits } from './batch-limits.ts';

/**
 * Sizes of the next batches. After a refusal the batch is cut in halves, and those again, until a refused event is
 * alone: one bad event among 500 is found with at most 19 requests.
 */
export class BatchPlan {
  readonly #limits: BatchLimits;
  /** Sizes of the groups at the front of the queue, the next one last. */
  readonly #groups: number[] = [];

  /** @param limits the most that a batch holds */
  constructor(limits: BatchLimits) {
    this.#limits = limits;
  }

  /** Whether parts of a refused batch are still to be sent. */
  get isDivided(): boolean {
    return this.#groups.length > 0;
  }

  /** The limits of the next batch. */
  next(): PeekLimits {
    const { entriesMax, bytesMax } = this.#limits.current;
    const group = this.#groups.at(-1) ?? entriesMax;
    return { entriesMax: Math.min(group, entriesMax), bytesMax };
  }

  /** Cuts the batch just sent in halves. */
  divide(events: number): void {
    this.settle(events);
    const firstHalf = Math.floor(events / 2);
    this.#groups.push(events - firstHalf, firstHalf);
  }

  /** Notes that events have left the front group. */
  settle(events: number): void {
    const group = this.#groups.pop();
    if (group !== undefined && group > events) this.#groups.push(group - events);
  }
}
