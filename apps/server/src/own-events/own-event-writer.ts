import { type EventDraft, parseEvent } from '@audit/schema';
import type { Submission, SubmissionResult } from '../ingest/submission.ts';
import { type PreparedEvent, prepareEvent } from '../record/prepare-event.ts';
import { type Refusal, refusalOf } from '../store/store-errors.ts';
import { Turns } from '../turns.ts';

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

/** What became of an event of the server. */
export type OwnEventResult =
  | { readonly outcome: 'recorded'; readonly event: OwnEvent }
  | { readonly outcome: 'refused'; readonly refusal: Refusal };

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

  /** Stores an event and what follows from it, or nothing when the database refuses what the event says. */
  record(draft: EventDraft): Promise<OwnEventResult> {
    return this.#turns.take(async () => {
      const { event, eventTimestamp } = this.#prepare(draft);
      const refusal = await this.#store([event]);
      return refusal === undefined
        ? { outcome: 'recorded', event: { eventId: event.eventId, eventTimestamp } }
        : { outcome: 'refused', refusal };
    });
  }

  /** Stores events from which nothing follows, all in one transaction. */
  async recordAll(drafts: readonly EventDraft[]): Promise<void> {
    if (drafts.length === 0) return;
    const refusal = await this.#turns.take(() =>
      this.#store(drafts.map((draft) => this.#prepare(draft).event)),
    );
    if (refusal !== undefined) throw new TypeError(`the database refuses what has no effect: ${refusal}`);
  }

  #prepare(draft: EventDraft): { readonly event: PreparedEvent; readonly eventTimestamp: string } {
    const eventTimestamp = new Date(this.#options.now()).toISOString();
    const event = prepareEvent(parseEvent({ ...draft, event_timestamp: eventTimestamp }), eventTimestamp);
    return { event, eventTimestamp };
  }

  async #store(events: readonly PreparedEvent[]): Promise<Refusal | undefined> {
    try {
      const { outcome } = await this.#options.submit(events);
      if (outcome === 'conflict') throw new TypeError(`one of ${events.length} ids was made twice`);
      return undefined;
    } catch (error) {
      const refusal = refusalOf(error);
      if (refusal === undefined) throw error;
      return refusal;
    }
  }
}
