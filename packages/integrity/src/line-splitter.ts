import { searchable } from '#sha256';

const newline = 0x0a;

/**
 * Takes one line: the bytes from `begin` up to, not including, `end` of `bytes`. There is a byte before `begin`, which may
 * be overwritten while the function runs. Behind `end` stands the newline and what follows, or nothing. A function returns
 * false to stop.
 */
export type LineReceiver = (bytes: Uint8Array, begin: number, end: number) => boolean;

/** How reading ended: at the end, within a line, in a line too long to be one, or because the receiver stopped. */
export type LinesEnd = 'complete' | 'within_line' | 'line_too_long' | 'stopped';

/**
 * Cuts pieces of a file into lines that end with a newline, without copying those that are whole within a piece. A line
 * that is cut is put together, up to a length that bounds the memory a hostile file can take.
 */
export class LineSplitter {
  #pending = new Uint8Array(4096);
  // One byte is kept free before a line.
  #pendingEnd = 1;
  readonly #lineBytesMax: number;
  readonly #receive: LineReceiver;

  constructor(receive: LineReceiver, lineBytesMax: number) {
    this.#receive = receive;
    this.#lineBytesMax = lineBytesMax;
  }

  /** Takes the next piece; undefined to go on. */
  push(bytes: Uint8Array): LinesEnd | undefined {
    const piece = searchable(bytes);
    let begin = 0;
    for (;;) {
      const end = piece.indexOf(newline, begin);
      if (end < 0) return this.#keep(piece, begin, piece.length) ? undefined : 'line_too_long';
      const isWhole = this.#pendingEnd === 1 && begin > 0;
      if (!isWhole && !this.#keep(piece, begin, end)) return 'line_too_long';
      const goesOn = isWhole ? this.#receive(piece, begin, end) : this.#receivePending();
      if (!goesOn) return 'stopped';
      begin = end + 1;
    }
  }

  /** Ends the file. */
  end(): LinesEnd {
    return this.#pendingEnd === 1 ? 'complete' : 'within_line';
  }

  #receivePending(): boolean {
    const end = this.#pendingEnd;
    this.#pendingEnd = 1;
    // What is behind its end is of an earlier line.
    return this.#receive(this.#pending.subarray(0, end), 1, end);
  }

  #keep(piece: Uint8Array, begin: number, end: number): boolean {
    const length = this.#pendingEnd + end - begin;
    if (length > this.#lineBytesMax) return false;
    if (length > this.#pending.length) {
      const larger = new Uint8Array(2 * length);
      larger.set(this.#pending.subarray(0, this.#pendingEnd));
      this.#pending = larger;
    }
    this.#pending.set(piece.subarray(begin, end), this.#pendingEnd);
    this.#pendingEnd = length;
    return true;
  }
}
