import type { QueueLimits } from './event-queue.ts';

/**
 * Sizes of the next batches. After a refusal the batch is cut in halves, and those again, until a refused event is
 * alone: one bad event among 500 is found with at most 19 requests. Limits learned from the server stay.
 */
export class BatchPlan {
  #limits: QueueLimits;
  /** Sizes of the groups at the front of the queue, the next one last. */
  readonly #groups: number[] = [];

  /** @param limits the most that a batch holds */
  constructor(limits: QueueLimits) {
    this.#limits = limits;
  }

  /** The limits of an undivided batch. */
  get limits(): QueueLimits {
    return this.#limits;
  }

  /** Whether parts of a refused batch are still to be sent. */
  get isDivided(): boolean {
    return this.#groups.length > 0;
  }

  /** The limits of the next batch. */
  next(): QueueLimits {
    const group = this.#groups.at(-1);
    if (group === undefined) return this.#limits;
    return { ...this.#limits, eventsMax: Math.min(group, this.#limits.eventsMax) };
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

  /** Remembers that the server takes less than this batch. */
  lower(limit: 'bytes' | 'events', sent: { readonly events: number; readonly bytes: number }): void {
    this.#limits =
      limit === 'bytes'
        ? { ...this.#limits, bytesMax: Math.floor(sent.bytes / 2) }
        : { ...this.#limits, eventsMax: Math.floor(sent.events / 2) };
  }
}
