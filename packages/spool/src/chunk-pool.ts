import { chunkBytes } from './segment-survey.ts';

/** Bytes read from a segment, shared by the entries found in them. */
export interface Chunk {
  readonly buffer: Buffer;
  /** Entries that still need them. */
  users: number;
}

// As many as one batch of the usual megabyte uses.
const spareChunksMax = 5;

/** Chunks that are used again, so that draining a large spool leaves no garbage. */
export class ChunkPool {
  readonly #spare: Chunk[] = [];

  /** Gives a chunk of at least this length. */
  take(length: number): Chunk {
    const spare = length <= chunkBytes ? this.#spare.pop() : undefined;
    return spare ?? { buffer: Buffer.allocUnsafeSlow(Math.max(length, chunkBytes)), users: 0 };
  }

  /** Takes a chunk back that no entry needs. */
  giveBack(chunk: Chunk): void {
    if (chunk.buffer.length === chunkBytes && this.#spare.length < spareChunksMax) this.#spare.push(chunk);
  }
}
