import type { CorrelationHeads } from './correlation-heads.ts';
import { DisclosedRecord } from './disclosed-record.ts';
import { hashBytes } from './hashing.ts';
import { bytesOfHex, isHash } from './hex.ts';
import { LineSplitter, type LinesEnd } from './line-splitter.ts';
import { endOfRecords, type Lines, lineAt } from './lines.ts';
import type { LogVerifierOptions, RecordSelection } from './log-verifier-options.ts';
import { type LogVerifierState, restoreHeads, saveHeads } from './log-verifier-state.ts';
import { MerkleFrontier } from './merkle-frontier.ts';
import { safeParsePackLine } from './pack-format.ts';
import { PurgeClaims } from './purge-claims.ts';
import { type PurgedRecord, safeParsePurged } from './purged-record.ts';
import { createLogChains, createNoChain } from './record-chains.ts';
import { RecordRelations, type RelationsFound } from './record-relations.ts';
import { RecordWalk } from './record-walk.ts';
import { type Failure, failureAt } from './report.ts';

const lineBytesDefault = 4_194_304;
const correlationsDefault = 1_000_000;

/**
 * Verifies the records of a log in their order, piece by piece: density, chain of every correlation, and the tree's root
 * over all of them. It stops at the first failure. Memory does not grow with the records, but with the correlations.
 */
export class LogVerifier {
  /** Root and size of what was read; it can be restored. */
  readonly frontier: MerkleFrontier;
  readonly #walk: RecordWalk;
  readonly #heads: CorrelationHeads;
  readonly #purged: Set<string>;
  readonly #relations: RecordRelations | undefined;
  readonly #claims = new PurgeClaims();
  readonly #lines: LineSplitter;
  readonly #disclosed = new DisclosedRecord();
  readonly #sizeMax: number;
  /** Which records are expected. */
  readonly selection: RecordSelection;
  /** Position after the last record that is expected, when it is known. */
  readonly expectedEnd: number | undefined;
  /** Whether the records are expected to be every one from the first of the log on, so that they have a tree. */
  readonly isWhole: boolean;
  #line = 0;
  #record = new Uint8Array(4096);
  readonly #encoder = new TextEncoder();
  #failure: Failure | undefined;

  constructor(options: LogVerifierOptions = {}) {
    const { state, first = state?.frontier.size ?? 0, logId = state?.logId, size } = options;
    const correlationsMax = options.correlationsMax ?? correlationsDefault;
    this.frontier = state === undefined ? new MerkleFrontier() : MerkleFrontier.restore(state.frontier);
    const { selection = 'every', end } = options;
    this.selection = selection;
    this.expectedEnd = end;
    const isDense = selection === 'every';
    const isFromStart = this.frontier.size === first;
    this.isWhole = isDense && isFromStart;
    this.#heads = restoreHeads(state?.heads ?? []);
    this.#purged = new Set(state?.purgedHashes);
    const kept = { heads: this.#heads, purged: this.#purged };
    const chains =
      selection === 'some'
        ? createNoChain()
        : createLogChains({ isWhole: isFromStart, correlationsMax, ...kept });
    this.#walk = new RecordWalk({ logId, first, isDense, chains, counts: state?.counts });
    this.#relations = options.relations === true ? new RecordRelations() : undefined;
    this.#sizeMax = Math.min(size ?? Number.MAX_SAFE_INTEGER, end ?? Number.MAX_SAFE_INTEGER);
    this.#lines = new LineSplitter((lines) => this.#receive(lines), options.lineBytesMax ?? lineBytesDefault);
  }

  /** Sequence of the record that is due. */
  get next(): number {
    return this.#walk.next;
  }

  /** Records read, purged ones included. */
  get records(): number {
    return this.#walk.records + this.#walk.purged;
  }

  /** Records of which only the hash is left. */
  get purged(): number {
    return this.#walk.purged;
  }

  /** Values of personal data that the records vouch for. */
  get disclosures(): number {
    return this.#disclosed.count;
  }

  /** Correlations met so far. */
  get correlations(): number {
    return this.#heads.size;
  }

  /** Records whose predecessor lies before the first, or beyond `correlationsMax`. */
  get unlinked(): number {
    return this.#walk.unlinked;
  }

  /** The first failure, once there is one. */
  get failure(): Failure | undefined {
    return this.#failure;
  }

  /** Parents that never came, when `relations` was asked for. */
  get relations(): RelationsFound | undefined {
    return this.#relations?.found();
  }

  /**
   * Takes a piece of an export file, cut anywhere. A line that begins with `#purged ` stands for a purged record, one with
   * `#disclosure ` for a value of the record before it.
   */
  push(piece: Uint8Array | string): Failure | undefined {
    if (this.#failure === undefined) {
      this.#end(this.#lines.push(typeof piece === 'string' ? new TextEncoder().encode(piece) : piece));
    }
    return this.#failure;
  }

  /**
   * Takes one record without its newline.
   * @param expectedHash the hash that is stored or published for it; with it, a changed record is found at its place
   */
  add(record: Uint8Array | string, expectedHash?: string): Failure | undefined {
    if (this.#failure === undefined) {
      const newlines = Int32Array.of(0, this.#copy(record));
      const lines = { bytes: this.#record, newlines, count: 1 };
      this.#takeRecords(lines, 0, 1, expectedHash === undefined ? undefined : hashToCompare(expectedHash));
    }
    return this.#failure;
  }

  /** Takes a record of which only the hash is left. */
  addPurged(purged: PurgedRecord): Failure | undefined {
    if (this.#failure === undefined) {
      this.#line++;
      this.#takePurged(purged);
    }
    return this.#failure;
  }

  /** Forgets a line that was cut off, so that a new export can follow: from the record that is due on. */
  forgetCutLine(): void {
    this.#lines.forget();
  }

  /** Says that nothing follows. */
  end(): Failure | undefined {
    if (this.#failure === undefined) this.#end(this.#lines.end());
    return this.#failure;
  }

  /** Says that the log is as long as what was read: a purge that is still to come never will. */
  endLog(): Failure | undefined {
    return this.#claims.end(Number.POSITIVE_INFINITY);
  }

  /** What is needed to go on later; purges that are still to come are not followed then. */
  state(): LogVerifierState {
    const { logId } = this.#walk.reader;
    const { purged, records, unlinked } = this.#walk;
    return {
      ...(logId === undefined ? {} : { logId }),
      frontier: this.frontier.state(),
      heads: saveHeads(this.#heads),
      purgedHashes: [...this.#purged],
      counts: { records, purged, unlinked },
    };
  }

  #receive(lines: Lines): boolean {
    for (let at = 0; at < lines.count; ) {
      const end = endOfRecords(lines, at);
      if (end > at) {
        if (!this.#takeRecords(lines, at, end)) return false;
        // No disclosure can stand between records that were read together.
        this.#disclosed.keep(this.#walk.reader.line());
        at += this.#walk.reader.count;
      } else if (!this.#takeOther(lineAt(lines, at++))) return false;
    }
    return true;
  }

  #takeOther(line: Uint8Array): boolean {
    this.#line++;
    const { word, value } = safeParsePackLine(line) ?? {};
    if (word === 'disclosure') return this.#takeDisclosure(value);
    const purged = word === 'purged' ? safeParsePurged(value) : undefined;
    if (purged !== undefined) return this.#takePurged(purged);
    return this.#fail(
      failureAt('malformed_record', 'the line is not a record', { sequence: this.#walk.next }),
    );
  }

  #takeDisclosure(value: unknown): boolean {
    const failure = this.#disclosed.take(value);
    return failure === undefined || this.#fail(failure);
  }

  /** Copies a record behind one free byte; where it ends. */
  #copy(record: Uint8Array | string): number {
    // UTF-8 takes up to three bytes for one unit of a string.
    const bytesMax = typeof record === 'string' ? 3 * record.length : record.length;
    if (this.#record.length <= bytesMax) this.#record = new Uint8Array(2 * bytesMax + 1);
    if (typeof record === 'string')
      return 1 + this.#encoder.encodeInto(record, this.#record.subarray(1)).written;
    this.#record.set(record, 1);
    return 1 + record.length;
  }

  /** Takes the record `from` and those up to `to - 1` that the reader reads together with it. */
  #takeRecords(lines: Lines, from: number, to: number, listed?: Int32Array): boolean {
    const { reader } = this.#walk;
    const failure = this.#surplus() ?? this.#walk.read(lines, from, to);
    if (failure !== undefined) {
      this.#line++;
      return this.#fail(failure);
    }
    const matching = listed === undefined ? reader.count : reader.matching(listed, 0);
    let taken = 0;
    while (taken < reader.count && this.#takeRecord(taken, taken < matching)) taken++;
    if (this.isWhole) this.frontier.appendBytes(reader.leaves, 0, taken * hashBytes);
    return taken === reader.count;
  }

  #takeRecord(at: number, isAsListed: boolean): boolean {
    this.#line++;
    const failure =
      this.#surplus() ??
      this.#walk.take(at, isAsListed) ??
      this.#claims.take(this.#walk.reader) ??
      this.#relations?.take(this.#walk.reader.line());
    return failure === undefined ? !this.#isBeyond() : this.#fail(failure);
  }

  #takePurged(purged: PurgedRecord): boolean {
    const { sequence, event_hash } = purged;
    const failure =
      this.#surplus() ?? this.#walk.takePurged(sequence, event_hash) ?? this.#claims.add(purged);
    if (failure !== undefined) return this.#fail(failure);
    if (this.#isBeyond()) return false;
    this.#disclosed.forget();
    if (this.isWhole) this.frontier.append(event_hash);
    return true;
  }

  #surplus(): Failure | undefined {
    return this.#walk.next >= this.#sizeMax ? surplus(this.#walk.next, this.#sizeMax) : undefined;
  }

  // Only where records are left out the position of one is not known before it is read.
  #isBeyond(): boolean {
    const last = this.#walk.next - 1;
    return last >= this.#sizeMax && !this.#fail(surplus(last, this.#sizeMax));
  }

  #end(end: LinesEnd | undefined): void {
    const { expectedEnd = 0, next } = this;
    if (end === 'complete' && this.selection === 'every' && next < expectedEnd) {
      this.#line++;
      const message = `record ${next} should follow, up to ${expectedEnd - 1}, and the file ends`;
      this.#fail(failureAt('records_missing', message, { sequence: next }));
    }
    // What was left out may have been the purge.
    const unfounded = this.selection === 'every' ? this.#claims.end(next) : undefined;
    if (end === 'complete' && this.#failure === undefined && unfounded !== undefined) this.#fail(unfounded);
    if (end === 'within_line') {
      this.#line++;
      this.#fail(failureAt('records_missing', 'the last line is cut off', { sequence: this.#walk.next }));
    }
    if (end === 'line_too_long') {
      this.#line++;
      this.#fail(
        failureAt('line_too_long', 'the line is too long for a record', { sequence: this.#walk.next }),
      );
    }
  }

  #fail(failure: Failure): false {
    this.#failure = { ...failure, line: this.#line };
    return false;
  }
}

function surplus(sequence: number, size: number): Failure {
  return failureAt('records_surplus', `${size} is where the records should end, and this is one more`, {
    sequence,
  });
}

function hashToCompare(hash: string): Int32Array {
  // What is no hash is unlike every hash.
  return isHash(hash) ? new Int32Array(bytesOfHex(hash).buffer) : new Int32Array();
}
