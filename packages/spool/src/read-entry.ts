import type { Chunk } from './chunk-pool.ts';
import { frameHeaderBytes, frameKeyLength, frameSequence, frameTime } from './frame.ts';
import type { Segment } from './segment.ts';
import type { SpoolEntry } from './spool.ts';

/** An entry that was read, and what has to be known when it leaves. */
export interface ReadEntry {
  readonly entry: SpoolEntry;
  readonly segment: Segment;
  readonly frameBytes: number;
  readonly chunk: Chunk;
}

/** Makes the entry of the intact frame at a place of a chunk, which it uses from now on. */
export function readEntry(segment: Segment, chunk: Chunk, at: number, frameBytes: number): ReadEntry {
  const { buffer } = chunk;
  const keyStart = at + frameHeaderBytes;
  const payloadStart = keyStart + frameKeyLength(buffer, at);
  chunk.users += 1;
  const entry = {
    sequence: frameSequence(buffer, at),
    key: buffer.toString('utf8', keyStart, payloadStart),
    payload: buffer.subarray(payloadStart, at + frameBytes),
    appendedAtMs: frameTime(buffer, at),
  };
  return { entry, segment, frameBytes, chunk };
}
