import type { Writable } from 'node:stream';
import type { Connection, Submittable } from 'pg';
import type { Load } from './database.ts';

const copyData = 0x64;
const copyDone = Buffer.from([0x63, 0, 0, 0, 4]);
const pieceBytesMax = 65_536;

/** What {@link LoadQuery} tells. */
export interface LoadObserver {
  /** The first statement has succeeded. */
  readonly onBegun?: (() => void) | undefined;
  /** The load was committed, or failed. */
  readonly onDone: (error?: Error) => void;
}

/**
 * A {@link Load} as one query of the driver. Its statements go in one message, which PostgreSQL runs as one transaction, and all
 * rows follow at once: it reads them when it comes to their COPY, and skips them when it does not
 * (PostgreSQL documentation, "Message Flow", sections "Simple Query" and "COPY Operations").
 */
export class LoadQuery implements Submittable {
  readonly #load: Load;
  readonly #observer: LoadObserver;

  constructor(load: Load, observer: LoadObserver) {
    this.#load = load;
    this.#observer = observer;
  }

  submit(connection: Connection): void {
    const { first, copies, last } = this.#load;
    const { stream } = connection;
    stream.cork();
    connection.query([first, ...copies.map(({ into }) => `${into} stdin`), last].join(';\n'));
    for (const { rows } of copies) {
      writePieces(stream, rows);
      stream.write(copyDone);
    }
    stream.uncork();
  }

  handleError(error: Error): void {
    this.#observer.onDone(error);
  }

  handleReadyForQuery(): void {
    this.#observer.onDone();
  }

  handleCopyInResponse(): void {
    // The rows are on their way already; that they are asked for tells that the first statement is over.
    this.#observer.onBegun?.();
  }

  handleCommandComplete(): void {
    // Only the end of the whole tells that it was committed.
  }

  handleRowDescription(): void {
    // What a statement gives back is not looked at.
  }

  handleDataRow(): void {
    // Nor are its rows.
  }
}

// In pieces, so that the server need not hold all rows before it begins.
function writePieces(stream: Writable, rows: Buffer): void {
  for (let from = 0; from < rows.length; from += pieceBytesMax) {
    const piece = rows.subarray(from, from + pieceBytesMax);
    const head = Buffer.allocUnsafe(5);
    head[0] = copyData;
    head.writeUInt32BE(piece.length + 4, 1);
    stream.write(head);
    stream.write(piece);
  }
}
