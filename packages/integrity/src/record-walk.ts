import type { Lines } from './lines.ts';
import type { RecordChains } from './record-chains.ts';
import { RecordReader, type RecordReading } from './record-reader.ts';
import { type Failure, failureAt } from './report.ts';

/** How many records were read. */
export interface RecordCounts {
  readonly records: number;
  /** Records of which only the hash is left. */
  readonly purged: number;
  /** Records whose link to the one before them could not be checked. */
  readonly unlinked: number;
}

/** What is known of records before they are read. */
export interface RecordWalkOptions {
  /** Log they are of; left out, the first says it. */
  readonly logId?: string | undefined;
  /** Lowest sequence the first can have. */
  readonly first: number;
  /** Whether none is left out. */
  readonly isDense: boolean;
  readonly chains: RecordChains;
  /** What was read before; default nothing. */
  readonly counts?: RecordCounts | undefined;
}

const readingMessages = {
  malformed_record: 'the line is not a record',
  wrong_log: 'the record is of another log',
} as const satisfies Record<Exclude<RecordReading, 'record'>, string>;

/** Checks records in the order of the log: their form, log, sequence, hash where it is listed, and chain. */
export class RecordWalk {
  readonly reader: RecordReader;
  records: number;
  purged: number;
  /** Records whose link to the one before them could not be checked. */
  unlinked: number;
  /** Lowest sequence that may follow. */
  next: number;
  readonly #isDense: boolean;
  readonly #chains: RecordChains;

  constructor({ logId, first, isDense, chains, counts }: RecordWalkOptions) {
    this.reader = new RecordReader(logId);
    this.records = counts?.records ?? 0;
    this.purged = counts?.purged ?? 0;
    this.unlinked = counts?.unlinked ?? 0;
    this.next = first;
    this.#isDense = isDense;
    this.#chains = chains;
  }

  /** Reads the line `from` and those up to `to - 1` that can be read with it: `reader.count` records, still to be taken. */
  read(lines: Lines, from: number, to: number): Failure | undefined {
    const reading = this.reader.read(lines, from, to);
    if (reading === 'record') {
      this.#chains.prepare(this.reader);
      return undefined;
    }
    return failureAt(reading, readingMessages[reading], {
      sequence: this.#isDense ? this.next : undefined,
    });
  }

  /**
   * Takes one of the records that were read; undefined when it holds.
   * @param isAsListed whether its hash is the one it is listed with, where it is
   */
  take(at: number, isAsListed = true): Failure | undefined {
    const { reader } = this;
    reader.select(at);
    const { sequence } = reader;
    const misplaced = this.#place(sequence);
    if (misplaced !== undefined) return misplaced;
    if (!isAsListed) {
      const message = `record ${sequence} has another hash than the one it is listed with: one of the two was changed`;
      return failureAt('record_changed', message, { sequence });
    }
    const link = this.#chains.follow(reader);
    if (link === 'broken') {
      const message = `record ${sequence} does not name the hash of the record before it in its correlation: it or that record was changed, or one between them is missing`;
      return failureAt('chain_broken', message, { sequence });
    }
    if (link === 'unknown') this.unlinked++;
    this.records++;
    return undefined;
  }

  /** Takes a record of which only the hash is left. */
  takePurged(sequence: number, hash: string): Failure | undefined {
    const misplaced = this.#place(sequence);
    if (misplaced !== undefined) return misplaced;
    this.#chains.purged(hash);
    this.purged++;
    return undefined;
  }

  #place(sequence: number): Failure | undefined {
    if (sequence < this.next) {
      const message = `record ${sequence} stands where ${this.next} or later is due`;
      return failureAt('sequence_repeated', message, { sequence: this.#isDense ? this.next : sequence });
    }
    if (this.#isDense && sequence > this.next) {
      const message = `record ${this.next} is missing: ${sequence} stands in its place`;
      return failureAt('sequence_gap', message, { sequence: this.next });
    }
    this.next = sequence + 1;
    return undefined;
  }
}
