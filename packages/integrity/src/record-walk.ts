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

  /**
   * Takes the line from `begin` to `end`; undefined when it holds.
   * @param listed holds the hash that the record should have, eight words of its bytes from `listedAt` on
   */
  take(
    bytes: Uint8Array,
    begin: number,
    end: number,
    listed?: Int32Array,
    listedAt = 0,
  ): Failure | undefined {
    const { reader } = this;
    const reading = reader.read(bytes, begin, end);
    if (reading !== 'record') {
      return failureAt(reading, readingMessages[reading], {
        sequence: this.#isDense ? this.next : undefined,
      });
    }
    const { sequence } = reader;
    const misplaced = this.#place(sequence);
    if (misplaced !== undefined) return misplaced;
    if (listed !== undefined && !isListed(reader.leafWords, listed, listedAt)) {
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

function isListed(leaf: Int32Array, hashes: Int32Array, at: number): boolean {
  for (let word = 0; word < leaf.length; word++) if (leaf[word] !== hashes[at + word]) return false;
  return true;
}
