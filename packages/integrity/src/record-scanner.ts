import { createBytePattern, isPatternAt } from './byte-pattern.ts';
import { hashDigits } from './hashing.ts';
import { comma, endOfPlainString, endOfValue, quote } from './json-bytes.ts';

const colon = 0x3a;
const openingBrace = 0x7b;
const closingBrace = 0x7d;

const eventIdCharacters = 36;
const receivedAtCharacters = 24;
const sequenceDigitsMax = 16;

const correlationMember = createBytePattern(',"correlation_id":"');
const correlationName = createBytePattern('correlation_id');
const receivedAtOpening = createBytePattern(',"received_at":"');
const previousOpening = createBytePattern('","previous_event_hash":"');
const eventIdOpening = createBytePattern(',"event_id":"');

const placesKept = 1024;
const placeShift = 22;

/** No record is shorter: the members that the server writes take more. */
const recordBytesMin = 200;

/**
 * Finds the members that a verification needs in the bytes of a record without parsing it.
 *
 * The server writes its own members last and in a fixed form, so they are read from the end of the line. In valid JSON that
 * is exact, whatever an event's text holds: from the quote before `,"log_id"` on, every quote that is followed by a letter
 * opens a string, and nothing up to the line's last brace is a brace or ends a string early, so these are members of the
 * object that this brace closes, the record. `correlation_id` is an event's member: the members before it are skipped one
 * by one, strings and braces included. A line of any other form is left to a full parser.
 */
export class RecordScanner {
  sequence = 0;
  /** UTF-8 of the correlation id. */
  correlationBegin = 0;
  correlationEnd = 0;
  /** Where 64 characters begin that are the previous hash if they are hex; -1 for the first record of its correlation. */
  previousBegin = 0;
  /** The bytes in which these positions are. */
  view: DataView = new DataView(new ArrayBuffer(0));
  readonly #sequenceOpening: ReturnType<typeof createBytePattern>;
  readonly #places = new Int32Array(placesKept);
  #viewed: Uint8Array | undefined;

  constructor(logId: string) {
    this.#sequenceOpening = createBytePattern(`","log_id":${JSON.stringify(logId)},"sequence":`);
  }

  /** Scans the line from `begin` up to, not including, `end`; false when it has another form. */
  scan(bytes: Uint8Array, begin: number, end: number): boolean {
    if (bytes !== this.#viewed) {
      this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      this.#viewed = bytes;
    }
    if (end - begin < recordBytesMin + this.#sequenceOpening.length) return false;
    const tail = this.#scanTail(bytes, end);
    return tail > begin && this.#scanHead(bytes, begin, tail);
  }

  /** Reads the server's members from the end; the position where they begin, or -1. */
  #scanTail(bytes: Uint8Array, end: number): number {
    if (bytes[end - 1] !== closingBrace || bytes[end - 2] !== quote) return -1;
    let at = end - 2;
    this.previousBegin = -1;
    if (bytes[at - 1] !== quote) {
      at -= hashDigits;
      this.previousBegin = at;
    }
    const view = this.view;
    at -= previousOpening.length + receivedAtCharacters;
    if (!isPatternAt(view, at + receivedAtCharacters, previousOpening) || !isTime(view, at)) return -1;
    at -= receivedAtOpening.length;
    if (!isPatternAt(view, at, receivedAtOpening)) return -1;
    at = this.#readSequence(bytes, at) - this.#sequenceOpening.length;
    if (!isPatternAt(view, at, this.#sequenceOpening)) return -1;
    at -= eventIdCharacters + eventIdOpening.length;
    return isPatternAt(view, at, eventIdOpening) ? at : -1;
  }

  /** Reads the digits that end before `end`; where they begin. */
  #readSequence(bytes: Uint8Array, end: number): number {
    let sequence = 0;
    let weight = 1;
    let at = end;
    while (end - at < sequenceDigitsMax) {
      const digit = (bytes[at - 1] ?? 0) - 0x30;
      if (digit < 0 || digit > 9) break;
      sequence += digit * weight;
      weight *= 10;
      at--;
    }
    this.sequence = sequence;
    return at;
  }

  /**
   * Looks for the correlation id where the last line alike had it. Before any
   * nested object, the name after a comma can only be that of a member: within a text its quotes would be escaped.
   */
  #scanHead(bytes: Uint8Array, begin: number, end: number): boolean {
    if (bytes[begin] !== openingBrace) return false;
    const nested = bytes.indexOf(openingBrace, begin + 1);
    const place = this.#placeOf(begin, nested - begin);
    const at = begin + (this.#places[place] ?? 0);
    const isThere = at < nested && at < end && isPatternAt(this.view, at, correlationMember);
    if (isThere) return this.#takeCorrelation(bytes, at + correlationMember.length - 1, end);
    if (!this.#scanMembers(bytes, begin, end)) return false;
    this.#places[place] = this.correlationBegin - begin - correlationMember.length;
    return true;
  }

  /** Where lines of this form keep the position: a guess, by how the head ends and by what stands in the event's type. */
  #placeOf(begin: number, headBytes: number): number {
    const type = this.view.getInt32(begin + 36, true) ^ Math.imul(this.view.getInt32(begin + 44, true), 31);
    return Math.imul(type ^ headBytes, 0x85ebca6b) >>> placeShift;
  }

  #scanMembers(bytes: Uint8Array, begin: number, end: number): boolean {
    let at = begin + 1;
    while (at < end) {
      const nameEnd = bytes[at] === quote ? endOfPlainString(this.view, at + 1) : 0;
      if (nameEnd === 0 || bytes[nameEnd + 1] !== colon) return false;
      const isCorrelation =
        nameEnd - at === correlationName.length + 1 && isPatternAt(this.view, at + 1, correlationName);
      if (isCorrelation) return this.#takeCorrelation(bytes, nameEnd + 2, end);
      at = endOfValue(bytes, this.view, nameEnd + 2, end);
      if (bytes[at] !== comma) return false;
      at++;
    }
    return false;
  }

  #takeCorrelation(bytes: Uint8Array, value: number, end: number): boolean {
    this.correlationBegin = value + 1;
    this.correlationEnd = bytes[value] === quote ? endOfPlainString(this.view, value + 1) : 0;
    return this.correlationEnd > value && this.correlationEnd <= end;
  }
}

/** Whether the characters are of those a time is written with, from `-` to `[`, none of which ends a string. */
function isTime(view: DataView, begin: number): boolean {
  let low = -1;
  let high = 0;
  for (let at = begin; at < begin + receivedAtCharacters; at += 4) {
    // With seven bits in each byte no sum carries over into the next: the eighth tells which bytes reach `-` and `\`.
    const word = view.getInt32(at, true);
    high |= word | ((word & 0x7f7f7f7f) + 0x24242424);
    low &= (word & 0x7f7f7f7f) + 0x53535353;
  }
  return (high & -0x7f7f7f80) === 0 && (low & -0x7f7f7f80) === -0x7f7f7f80;
}
