import type { SerialisedEvent } from './serialise-event.ts';

/** An event waiting for delivery. */
export interface QueueEntry extends SerialisedEvent {
  /** Place in the queue; later entries have higher numbers, and a number is never used twice. */
  readonly sequence: number;
}

/** How much of a queue one look may return. */
export interface QueueLimits {
  readonly eventsMax: number;
  /** UTF-8 bytes of event text. The first entry is returned however long it is. */
  readonly bytesMax: number;
}

/** What a queue holds. */
export interface QueueStatistics {
  readonly events: number;
  /** UTF-8 bytes of event text. */
  readonly bytes: number;
  /** Sequence of the oldest waiting entry; `nextSequence` when none waits. */
  readonly firstSequence: number;
  /** Sequence that the next appended event gets. */
  readonly nextSequence: number;
}

/**
 * Where events wait for delivery, first in first out. An entry stays until it is acknowledged, so a queue that keeps
 * its entries on disk delivers them after a crash; the server recognises what it has stored by event id. No method
 * throws or waits for anything: a queue that cannot keep an event says so by returning false.
 */
export interface EventQueue {
  /** Keeps an event; false when there is no room for it. */
  append(event: SerialisedEvent): boolean;
  /** Returns the oldest waiting entries without removing them. */
  peek(limits: QueueLimits): readonly QueueEntry[];
  /** Removes entries for good, in any order: the server has stored them, or they are dead. */
  acknowledge(entries: readonly QueueEntry[]): void;
  /** Counts what waits. */
  statistics(): QueueStatistics;
}
