import { ChunkPool } from './chunk-pool.ts';
import { FrontReader, type FrontReaderOptions } from './front-reader.ts';
import type { ReadEntry } from './read-entry.ts';
import type { Segment } from './segment.ts';
import type { PeekLimits, SpoolEntry } from './spool.ts';

/** Entries at the front of the queue that were read and still wait. */
export class ReadAhead {
  readonly #chunks = new ChunkPool();
  readonly #reader: FrontReader;
  /** By sequence, ascending. */
  readonly #waiting = new Map<number, ReadEntry>();
  #payloadBytes = 0;
  #peeking: Promise<unknown> = Promise.resolve();

  constructor(options: Omit<FrontReaderOptions, 'chunks'>) {
    this.#reader = new FrontReader({ ...options, chunks: this.#chunks });
  }

  /** Returns the oldest waiting entries. Calls wait for each other. */
  peek(limits: PeekLimits): Promise<readonly SpoolEntry[]> {
    const peeked = this.#peeking.then(() => this.#peek(limits));
    // Whoever called hears of a failure; the next caller tries anew.
    this.#peeking = peeked.catch(() => undefined);
    return peeked;
  }

  /** Takes an entry out; nothing when it was taken before. */
  take(sequence: number): ReadEntry | undefined {
    const read = this.#waiting.get(sequence);
    if (read === undefined) return undefined;
    this.#waiting.delete(sequence);
    this.#payloadBytes -= read.entry.payload.length;
    read.chunk.users -= 1;
    if (read.chunk.users === 0) this.#chunks.giveBack(read.chunk);
    return read;
  }

  isFinishedWith(segment: Segment): boolean {
    return this.#reader.isFinishedWith(segment);
  }

  async release(segment: Segment): Promise<void> {
    await this.#reader.release(segment);
  }

  async close(): Promise<void> {
    await this.#peeking;
    await this.#reader.close();
  }

  async #peek({ entriesMax, bytesMax }: PeekLimits): Promise<readonly SpoolEntry[]> {
    while (this.#waiting.size < entriesMax && this.#payloadBytes < bytesMax) {
      const more = await this.#reader.read();
      if (more === undefined) break;
      for (const read of more) {
        this.#waiting.set(read.entry.sequence, read);
        this.#payloadBytes += read.entry.payload.length;
      }
    }
    return this.#front(entriesMax, bytesMax);
  }

  #front(entriesMax: number, bytesMax: number): readonly SpoolEntry[] {
    const entries: SpoolEntry[] = [];
    let bytes = 0;
    for (const { entry } of this.#waiting.values()) {
      bytes += entry.payload.length;
      if (entries.length >= entriesMax || (bytes > bytesMax && entries.length > 0)) break;
      entries.push(entry);
    }
    return entries;
  }
}
