import { allocate, sha256Into } from '#sha256';
import { hashBytes } from './hashing.ts';
import { isHash } from './hex.ts';
import { safeParseRecord } from './parse-record.ts';
import { RecordScanner } from './record-scanner.ts';

/** What {@link RecordReader.read} found a line to be. */
export type RecordReading = 'record' | 'malformed_record' | 'wrong_log';

/**
 * Reads the records of one log, one after the other: its members hold what the last line says. Lines as the server writes
 * them are scanned, all others are parsed.
 */
export class RecordReader {
  /** Hash of the record. */
  readonly leaf = allocate(hashBytes);
  /** The same hash as words, for comparing. */
  readonly leafWords: Int32Array = new Int32Array(this.leaf.buffer, this.leaf.byteOffset, hashBytes / 4);
  sequence = 0;
  /** Bytes in which the positions below are. */
  source: Uint8Array = new Uint8Array();
  view: DataView = new DataView(this.source.buffer);
  correlationBegin = 0;
  correlationEnd = 0;
  /** Where the 64 characters of the previous hash begin; -1 for the first record of its correlation. */
  previousBegin = -1;
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

  /** The previous hash, empty for the first record of its correlation, or undefined when it is no hash. */
  previousHash(): string | undefined {
    if (this.previousBegin < 0) return '';
    const text = String.fromCharCode(...this.source.subarray(this.previousBegin, this.previousBegin + 64));
    return isHash(text) ? text : undefined;
  }

  /** Hashes and reads a line. The byte before it is overwritten for the moment, which saves copying the line. */
  read(bytes: Uint8Array, begin: number, end: number): RecordReading {
    const before = bytes[begin - 1] ?? 0;
    bytes[begin - 1] = 0;
    sha256Into(new Uint8Array(bytes.buffer, bytes.byteOffset + begin - 1, end - begin + 1), this.leaf, 0);
    bytes[begin - 1] = before;
    const scanner = this.#scanner;
    if (scanner === undefined || !scanner.scan(bytes, begin, end)) return this.#parse(bytes, begin, end);
    this.sequence = scanner.sequence;
    this.source = bytes;
    this.view = scanner.view;
    this.correlationBegin = scanner.correlationBegin;
    this.correlationEnd = scanner.correlationEnd;
    this.previousBegin = scanner.previousBegin;
    return 'record';
  }

  #parse(bytes: Uint8Array, begin: number, end: number): RecordReading {
    const record = safeParseRecord(bytes.subarray(begin, end));
    if (record === undefined) return 'malformed_record';
    if (this.#logId === undefined) this.#setLog(record.logId);
    if (record.logId !== this.#logId) return 'wrong_log';
    const { sequence, correlationId, previousEventHash } = record;
    this.sequence = sequence;
    this.source = new TextEncoder().encode(previousEventHash + correlationId);
    this.view = new DataView(this.source.buffer, this.source.byteOffset, this.source.byteLength);
    this.previousBegin = previousEventHash === '' ? -1 : 0;
    this.correlationBegin = previousEventHash.length;
    this.correlationEnd = this.source.length;
    return 'record';
  }

  #setLog(logId: string): void {
    this.#logId = logId;
    this.#scanner = new RecordScanner(logId);
  }
}
