/**
 * Why an event can never be stored.
 *
 * - `invalid`: it breaks the contract (400, 422)
 * - `conflict`: its id is stored with other content (409)
 * - `too_large`: it is alone in a request and still too large for the server (413)
 */
export type DeadReason = 'invalid' | 'conflict' | 'too_large';

/** An event that the server refused for good. */
export interface DeadEvent {
  readonly eventId: string;
  /** The event as JSON, exactly as it was sent. */
  readonly text: string;
  readonly reason: DeadReason;
  /** What the server said. */
  readonly detail: string;
  /** When the refusal came, UTC. */
  readonly at: string;
}

/** Keeps the newest dead events up to a bound. */
export class DeadEvents {
  readonly #eventsMax: number;
  readonly #events: DeadEvent[] = [];

  /** @param eventsMax the most that are kept; the oldest give way */
  constructor(eventsMax: number) {
    this.#eventsMax = eventsMax;
  }

  add(event: DeadEvent): void {
    this.#events.push(event);
    if (this.#events.length > this.#eventsMax) this.#events.shift();
  }

  list(): readonly DeadEvent[] {
    return [...this.#events];
  }
}
