import type { PreparedEvent } from '../record/prepare-event.ts';

/** Where a log ends. */
export interface LogEnd {
  /** Number of records. */
  readonly size: number;
  /** `event_hash` of the last record, which vouches for those before it; empty when there is none. */
  readonly lastEventHash: string;
}

const correlationsMax = 100_000;

/**
 * What a writer believes of its log, commits under way included: where it ends, the newest hash of recently written
 * correlations, and the events not yet committed. It is thrown away when the log turns out to be different.
 */
export class LogView {
  readonly underway: Map<string, PreparedEvent> = new Map();
  readonly #heads = new Map<string, string>();
  #end: LogEnd;

  constructor(end: LogEnd) {
    this.#end = end;
  }

  get end(): LogEnd {
    return this.#end;
  }

  /** Tells whether the newest hash of a correlation is known. */
  knows(correlationId: string): boolean {
    return this.#heads.has(correlationId);
  }

  /** Newest hash of a correlation; empty when it has no record. */
  headOf(correlationId: string): string {
    return this.#heads.get(correlationId) ?? '';
  }

  /** Notes the newest hash of a correlation, and forgets those not written for longest. */
  setHead(correlationId: string, eventHash: string): void {
    this.#heads.delete(correlationId);
    this.#heads.set(correlationId, eventHash);
    if (this.#heads.size <= correlationsMax) return;
    const [oldest] = this.#heads.keys();
    if (oldest !== undefined) this.#heads.delete(oldest);
  }

  /** Notes a record at the end of the log. */
  append(event: PreparedEvent, eventHash: string): void {
    this.setHead(event.members.correlation_id, eventHash);
    this.underway.set(event.eventId, event);
    this.#end = { size: this.#end.size + 1, lastEventHash: eventHash };
  }
}
