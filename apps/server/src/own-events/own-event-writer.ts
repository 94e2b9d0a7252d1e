import { type EventDraft, parseEvent } from '@audit/schema';
import type { Submission, SubmissionResult } from '../ingest/submission.ts';
import { Turns } from '../ingest/turns.ts';
import { prepareEvent } from '../record/prepare-event.ts';

/** Options of {@link OwnEventWriter}. */
export interface OwnEventWriterOptions {
  /** Stores a submission in the log, not later. */
  readonly submit: (submission: Submission) => Promise<SubmissionResult>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** What the store remembers of an event of the server. */
export interface OwnEvent {
  readonly eventId: string;
  /** RFC 3339 in UTC. */
  readonly eventTimestamp: string;
}

/**
 * Writes the events of the server itself into its log, by the way of every other event. The database does what they say
 * in the transaction that stores them, or refuses them both.
 *
 * They are written one at a time. Two transactions of a process overlap, and the second waits for the first without the
 * database knowing: if both had effects, one could wait for a lock of the other for ever.
 */
export class OwnEventWriter {
  readonly #options: OwnEventWriterOptions;
  readonly #turns = new Turns();

  constructor(options: OwnEventWriterOptions) {
    this.#options = options;
  }

  /**
   * Stores an event and what follows from it.
   * @throws the database's error when it refuses what the event says
   */
  record(draft: EventDraft): Promise<OwnEvent> {
    return this.#turns.take(async () => {
      const eventTimestamp = new Date(this.#options.now()).toISOString();
      const event = prepareEvent(parseEvent({ ...draft, event_timestamp: eventTimestamp }));
      const result = await this.#options.submit([event]);
      if (result.outcome === 'conflict') throw new Error(`the id ${event.eventId} was made twice`);
      return { eventId: event.eventId, eventTimestamp };
    });
  }
}
