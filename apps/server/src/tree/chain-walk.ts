import { leafHash } from '@audit/integrity';
import type { TamperedEvent } from '@audit/schema';

/** A stored record of a correlation. */
export interface ChainRow extends Record<string, unknown> {
  readonly sequence: string;
  readonly event_id: string;
  readonly event_hash: string;
  /** Empty when it was purged, or deleted behind the server's back. */
  readonly record: string | null;
  /** Whether a purge tells why it is empty. */
  readonly is_purged: boolean;
}

/** A record that was looked at. */
export interface WalkedRecord {
  readonly row: ChainRow;
  readonly sequence: number;
  readonly isPurged: boolean;
  readonly eventTimestamp: string | null;
  /** Hash of the record before it. */
  readonly previousHash: string;
  /** What contradicts in the record itself and its link. */
  readonly faults: readonly TamperedEvent[];
}

interface Members {
  readonly event_timestamp?: unknown;
  readonly event_id?: unknown;
  readonly sequence?: unknown;
  readonly log_id?: unknown;
  readonly correlation_id?: unknown;
  readonly previous_event_hash?: unknown;
}

/** Follows the chain of one correlation, record by record in the order of the log. */
export class ChainWalk {
  readonly #logId: string;
  readonly #correlationId: string;
  #head = '';

  constructor(logId: string, correlationId: string) {
    this.#logId = logId;
    this.#correlationId = correlationId;
  }

  /** Checks the hash of a record's bytes, what it says of its place, and its link. */
  take(row: ChainRow): WalkedRecord {
    const previousHash = this.#head;
    // The stored hash goes on: one record that was changed does not accuse those after it.
    this.#head = row.event_hash;
    const sequence = Number(row.sequence);
    const walked = { row, sequence, previousHash };
    if (row.record === null) {
      const faults = row.is_purged ? [] : [missing(row, previousHash)];
      return { ...walked, isPurged: row.is_purged, eventTimestamp: null, faults };
    }
    const members = parseMembers(row.record);
    const eventTimestamp = typeof members.event_timestamp === 'string' ? members.event_timestamp : null;
    const found = this.#findFaults(row, row.record, members, previousHash);
    const place = {
      event_id: row.event_id,
      sequence,
      event_timestamp: eventTimestamp,
      previous_hash: previousHash,
    };
    const faults = found.map((fault): TamperedEvent => ({ ...place, ...fault }));
    return { ...walked, isPurged: false, eventTimestamp, faults };
  }

  #findFaults(row: ChainRow, record: string, members: Members, previousHash: string): Fault[] {
    const hash = leafHash(record);
    const hashes = { expected_hash: row.event_hash, actual_hash: hash };
    const link = String(members.previous_event_hash);
    return [
      ...(hash === row.event_hash
        ? []
        : [
            {
              code: 'record_changed' as const,
              ...hashes,
              message: 'the bytes have another hash than was stored',
            },
          ]),
      ...(this.#isOf(row, members)
        ? []
        : [{ code: 'malformed_record' as const, ...hashes, message: 'the record says it stands elsewhere' }]),
      ...(link === previousHash
        ? []
        : [
            {
              code: 'chain_broken' as const,
              expected_hash: previousHash,
              actual_hash: link,
              message: 'it does not follow the record before it: one is missing, or was put in or changed',
            },
          ]),
    ];
  }

  #isOf(row: ChainRow, members: Members): boolean {
    return (
      members.sequence === Number(row.sequence) &&
      members.event_id === row.event_id &&
      members.log_id === this.#logId &&
      members.correlation_id === this.#correlationId
    );
  }
}

function missing(row: ChainRow, previousHash: string): TamperedEvent {
  return {
    event_id: row.event_id,
    sequence: Number(row.sequence),
    event_timestamp: null,
    previous_hash: previousHash,
    code: 'records_missing',
    expected_hash: row.event_hash,
    actual_hash: '',
    message: 'only its hash is left, and no purge tells of it',
  };
}

type Fault = Pick<TamperedEvent, 'code' | 'expected_hash' | 'actual_hash' | 'message'>;

function parseMembers(record: string): Members {
  try {
    const value: unknown = JSON.parse(record);
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    // The members that are missing then are what contradicts.
    return {};
  }
}
