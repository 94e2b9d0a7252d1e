import { allocate, hexDigitsInto, leafHashesInto } from '#sha256';
import { hashBytes, hashDigits } from './hashing.ts';
import { isHash } from './hex.ts';
import { beginOf, endOf, type Lines, lineAt, linesMax } from './lines.ts';
import { safeParseRecord } from './parse-record.ts';
import { RecordScanner } from './record-scanner.ts';

/** What {@link RecordReader.read} found a line to be. */
export type RecordReading = 'record' | 'malformed_record' | 'wrong_log';

const hashWords = hashBytes / 4;
const noLines: Lines = { bytes: new Uint8Array(), newlines: new Int32Array(2), count: 0 };

/**
 * Reads the records of one log, several at a time: first all are scanned, then all are hashed, which takes much less time
 * than one after the other, since hashing drives everything else out of the processor. Lines as the server writes them are
 * scanned, all others are parsed.
 */
export class RecordReader {
  /** Records that were read last. */
  count = 0;
  /** Their hashes, one after the other. */
  readonly leaves = allocate(linesMax * hashBytes);
  readonly #leafWords = new Int32Array(this.leaves.buffer, this.leaves.byteOffset, linesMax * hashWords);
  readonly #digits = allocate(linesMax * hashDigits);
  /** The same hashes as hex digits, 64 each. */
  readonly leafDigits: DataView = new DataView(
    this.#digits.buffer,
    this.#digits.byteOffset,
    this.#digits.length,
  );
  /** Where the correlation id of each begins and ends. */
  readonly correlationBegins = new Int32Array(linesMax);
  readonly correlationEnds = new Int32Array(linesMax);
  /** The record that is selected; what follows is about it. */
  at = 0;
  sequence = 0;
  correlationBegin = 0;
  correlationEnd = 0;
  /** Where the 64 characters of the previous hash begin; -1 for the first record of its correlation. */
  previousBegin = -1;
  /** Bytes in which these positions are. */
  source: Uint8Array = new Uint8Array();
  view: DataView = new DataView(this.source.buffer);
  readonly #sequences = new Float64Array(linesMax);
  readonly #previousBegins = new Int32Array(linesMax);
  #lines = noLines;
  #from = 0;
  #logId: string | undefined;
  #scanner: RecordScanner | undefined;

  /** @param logId log the records must be of; left out, the first record says it */
  constructor(logId?: string) {
    if (logId !== undefined) this.#setLog(logId);
  }

  /** Log the records are of, once it is known. */
  get logId(): string | undefined {
    return this.#logId;
  }

  /** Reads and hashes the line `from` and those up to `to - 1` that can be read together with it; the first is selected. */
  read(lines: Lines, from: number, to: number): RecordReading {
    this.#lines = lines;
    this.#from = from;
    this.count = this.#scan(lines, from, to);
    const reading = this.count > 0 ? 'record' : this.#parse(lineAt(lines, from));
    leafHashesInto(lines, from, this.count, this.leaves);
    hexDigitsInto(this.leaves, this.count * hashBytes, this.#digits);
    this.select(0);
    return reading;
  }

  /** Selects one of the records that were read. */
  select(at: number): void {
    this.at = at;
    this.sequence = this.#sequences[at] ?? 0;
    this.correlationBegin = this.correlationBegins[at] ?? 0;
    this.correlationEnd = this.correlationEnds[at] ?? 0;
    this.previousBegin = this.#previousBegins[at] ?? 0;
  }

  /** Bytes of the record. */
  line(): Uint8Array {
    return lineAt(this.#lines, this.#from + this.at);
  }

  /** Hash of the record. */
  leaf(): Uint8Array {
    return this.leaves.subarray(this.at * hashBytes, (this.at + 1) * hashBytes);
  }

  /** How many of the records, from the first on, have the hashes whose words are listed from a position on. */
  matching(listed: Int32Array, from: number): number {
    const words = this.count * hashWords;
    let same = 0;
    while (same < words && this.#leafWords[same] === listed[from + same]) same++;
    return Math.floor(same / hashWords);
  }

  /** The previous hash, empty for the first record of its correlation, or undefined when it is no hash. */
  previousHash(): string | undefined {
    if (this.previousBegin < 0) return '';
    const text = String.fromCharCode(...this.source.subarray(this.previousBegin, this.previousBegin + 64));
    return isHash(text) ? text : undefined;
  }

  /** Scans lines up to the first of another form; how many. */
  #scan(lines: Lines, from: number, to: number): number {
    const scanner = this.#scanner;
    if (scanner === undefined) return 0;
    let count = 0;
    while (from + count < to) {
      const line = from + count;
      if (!scanner.scan(lines.bytes, beginOf(lines, line), endOf(lines, line))) break;
      this.#sequences[count] = scanner.sequence;
      this.correlationBegins[count] = scanner.correlationBegin;
      this.correlationEnds[count] = scanner.correlationEnd;
      this.#previousBegins[count] = scanner.previousBegin;
      count++;
    }
    this.source = lines.bytes;
    this.view = scanner.view;
    return count;
  }

  #parse(line: Uint8Array): RecordReading {
    const record = safeParseRecord(line);
    if (record === undefined) return 'malformed_record';
    if (this.#logId === undefined) this.#setLog(record.logId);
    if (record.logId !== this.#logId) return 'wrong_log';
    const { sequence, correlationId, previousEventHash } = record;
    this.source = new TextEncoder().encode(previousEventHash + correlationId);
    this.view = new DataView(this.source.buffer, this.source.byteOffset, this.source.byteLength);
    this.#sequences[0] = sequence;
    this.#previousBegins[0] = previousEventHash === '' ? -1 : 0;
    this.correlationBegins[0] = previousEventHash.length;
    this.correlationEnds[0] = this.source.length;
    this.count = 1;
    return 'record';
  }

  #setLog(logId: string): void {
    this.#logId = logId;
    this.#scanner = new RecordScanner(logId);
  }
}
