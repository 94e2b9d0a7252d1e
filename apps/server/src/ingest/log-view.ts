import type { MerkleFrontier } from '@audit/integrity';
import type { PreparedEvent } from '../record/prepare-event.ts';
import { frontierText, parseFrontier } from '../tree/frontier-text.ts';
import type { TreeEnd } from '../tree/tree-signer.ts';

/** Where a log ends. */
export interface LogEnd {
  /** Number of records. */
  readonly size: number;
  /** `event_hash` of the last record, which vouches for those before it; empty when there is none. */
  readonly lastEventHash: string;
}

/** A log as the database has it. */
export interface StoredLog extends LogEnd {
  /** Right edge of its tree. */
  readonly frontier: string;
  /** Signed checkpoint over its tree. */
  readonly checkpoint: string;
}

const correlationsMax = 100_000;

/**
 * What a writer believes of its log, commits under way included: where it ends, the right edge of its tree, the newest
 * hash of recently written correlations, and the events not yet committed. It is thrown away when the log turns out to
 * be different.
 */
export class LogView {
  readonly underway: Map<string, PreparedEvent> = new Map();
  readonly #heads = new Map<string, string>();
  readonly #frontier: MerkleFrontier;
  /** Hashes of records that are not in the frontier yet. */
  #leaves: string[] = [];
  #end: LogEnd;

  constructor({ size, lastEventHash, frontier }: StoredLog) {
    this.#end = { size, lastEventHash };
    this.#frontier = parseFrontier(size, frontier);
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
    this.setHead(event.columns.correlation_id, eventHash);
    this.underway.set(event.eventId, event);
    this.#leaves.push(eventHash);
    this.#end = { size: this.#end.size + 1, lastEventHash: eventHash };
  }

  /** The tree over everything up to the end. */
  tree(): TreeEnd {
    // All at once: bytes are far cheaper to append than texts.
    this.#frontier.appendBytes(Buffer.from(this.#leaves.join(''), 'hex'));
    this.#leaves = [];
    const { size } = this.#frontier;
    return { size, root: this.#frontier.root(), frontier: frontierText(this.#frontier) };
  }
}
