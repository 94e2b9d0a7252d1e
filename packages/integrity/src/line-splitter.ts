import { searchable } from '#sha256';
import { type Lines, linesMax } from './lines.ts';

const newline = 0x0a;

/** Takes the next lines, which are gone when it returns; false to stop. */
export type LinesReceiver = (lines: Lines) => boolean;

/** How reading ended: at the end, within a line, in a line too long to be one, or because the receiver stopped. */
export type LinesEnd = 'complete' | 'within_line' | 'line_too_long' | 'stopped';

/**
 * Cuts pieces of a file into lines that end with a newline, without copying those that are whole within a piece. A line
 * that is cut is put together, up to a length that bounds the memory a hostile file can take.
 */
export class LineSplitter {
  #pending = searchable(new Uint8Array(4096));
  // One byte is kept free before a line.
  #pendingEnd = 1;
  readonly #newlines = new Int32Array(linesMax + 1);
  readonly #lineBytesMax: number;
  readonly #receive: LinesReceiver;

  constructor(receive: LinesReceiver, lineBytesMax: number) {
    this.#receive = receive;
    this.#lineBytesMax = lineBytesMax;
  }

  /** Takes the next piece; undefined to go on. */
  push(bytes: Uint8Array): LinesEnd | undefined {
    const piece = searchable(bytes);
    const end = piece.indexOf(newline);
    // The first line of a piece has no byte before it, so it is copied even when nothing of it came before.
    if (!this.#keep(piece, 0, end < 0 ? piece.length : end)) return 'line_too_long';
    if (end < 0) return undefined;
    if (!this.#receivePending()) return 'stopped';
    const rest = this.#receiveWhole(piece, end);
    if (rest < 0) return 'stopped';
    return this.#keep(piece, rest, piece.length) ? undefined : 'line_too_long';
  }

  /** Forgets the beginning of a line that is cut off. */
  forget(): void {
    this.#pendingEnd = 1;
  }

  /** Ends the file. */
  end(): LinesEnd {
    return this.#pendingEnd === 1 ? 'complete' : 'within_line';
  }

  #receivePending(): boolean {
    const newlines = this.#newlines;
    newlines[0] = 0;
    newlines[1] = this.#pendingEnd;
    this.#pendingEnd = 1;
    return this.#receive({ bytes: this.#pending, newlines, count: 1 });
  }

  /** Hands over the lines between newlines; where the rest begins, or -1 when the receiver stopped. */
  #receiveWhole(piece: Uint8Array, before: number): number {
    const newlines = this.#newlines;
    let last = before;
    for (;;) {
      let count = 0;
      newlines[0] = last;
      while (count < linesMax) {
        const end = piece.indexOf(newline, last + 1);
        if (end < 0) break;
        newlines[++count] = end;
        last = end;
      }
      if (count > 0 && !this.#receive({ bytes: piece, newlines, count })) return -1;
      if (count < linesMax) return last + 1;
    }
  }

  #keep(piece: Uint8Array, begin: number, end: number): boolean {
    const length = this.#pendingEnd + end - begin;
    if (length > this.#lineBytesMax) return false;
    if (length > this.#pending.length) {
      const larger = searchable(new Uint8Array(2 * length));
      larger.set(this.#pending.subarray(0, this.#pendingEnd));
      this.#pending = larger;
    }
    this.#pending.set(piece.subarray(begin, end), this.#pendingEnd);
    this.#pendingEnd = length;
    return true;
  }
}
