import type { EventQueue, QueueEntry, QueueLimits, QueueStatistics } from './event-queue.ts';
import type { SerialisedEvent } from './serialise-event.ts';

// Below this many empty slots, moving the rest costs more than it frees.
const compactionSlotsMin = 1_024;

/** A queue in the memory of the process: fast, and gone when the process is killed. */
export class MemoryQueue implements EventQueue {
  readonly #limits: QueueLimits;
  /** Entries by sequence, counted from `#baseSequence`; a removed one leaves its slot empty. */
  #slots: (QueueEntry | undefined)[] = [];
  #baseSequence = 0;
  /** Slot of the oldest waiting entry; every slot before it is empty. */
  #head = 0;
  #events = 0;
  #bytes = 0;

  /** @param limits the most that the queue holds */
  constructor(limits: QueueLimits) {
    this.#limits = limits;
  }

  append(event: SerialisedEvent): boolean {
    if (this.#events >= this.#limits.eventsMax || this.#bytes + event.bytes > this.#limits.bytesMax)
      return false;
    this.#slots.push({ ...event, sequence: this.#baseSequence + this.#slots.length });
    this.#events += 1;
    this.#bytes += event.bytes;
    return true;
  }

  peek(limits: QueueLimits): readonly QueueEntry[] {
    const entries: QueueEntry[] = [];
    let bytes = 0;
    for (let slot = this.#head; slot < this.#slots.length && entries.length < limits.eventsMax; slot += 1) {
      const entry = this.#slots[slot];
      if (entry === undefined) continue;
      bytes += entry.bytes;
      if (bytes > limits.bytesMax && entries.length > 0) break;
      entries.push(entry);
    }
    return entries;
  }

  acknowledge(entries: readonly QueueEntry[]): void {
    for (const { sequence } of entries) this.#remove(sequence - this.#baseSequence);
    while (this.#head < this.#slots.length && this.#slots[this.#head] === undefined) this.#head += 1;
    this.#compact();
  }

  statistics(): QueueStatistics {
    return {
      events: this.#events,
      bytes: this.#bytes,
      firstSequence: this.#baseSequence + this.#head,
      nextSequence: this.#baseSequence + this.#slots.length,
    };
  }

  #remove(slot: number): void {
    const entry = this.#slots[slot];
    if (entry === undefined) return;
    this.#slots[slot] = undefined;
    this.#events -= 1;
    this.#bytes -= entry.bytes;
  }

  // Moves the entries only when at least as many slots are freed as moved: constant cost per event.
  #compact(): void {
    if (this.#head < compactionSlotsMin || this.#head * 2 < this.#slots.length) return;
    this.#slots = this.#slots.slice(this.#head);
    this.#baseSequence += this.#head;
    this.#head = 0;
  }
}
