import { crc32 } from 'node:zlib';
import { criticalFlag, frameHeaderBytes, frameMarker, frameOffset, keyBytesMax } from './frame.ts';
import { encodeSegmentHeader, type SegmentHeader, segmentHeaderBytes } from './segment-header.ts';
import type { SpoolInput } from './spool.ts';
import { writeUint64 } from './whole-number.ts';

// A character takes up to four bytes and is written whole or not at all. With room for one more, a text that was cut
// off is always longer than allowed, and one that was not never is.
const overflowBytes = 4;
const frameStart = segmentHeaderBytes;

/** Writes entries as frames into one buffer that is used again and again, with room for a segment's header before. */
export class FrameEncoder {
  readonly #bytes: Buffer;
  readonly #view: DataView;
  readonly #entryBytesMax: number;

  constructor(entryBytesMax: number) {
    this.#entryBytesMax = entryBytesMax;
    this.#bytes = Buffer.alloc(frameStart + frameHeaderBytes + keyBytesMax + entryBytesMax + overflowBytes);
    this.#view = new DataView(this.#bytes.buffer, this.#bytes.byteOffset, this.#bytes.length);
    frameMarker.copy(this.#bytes, frameStart);
  }

  get bytes(): Buffer {
    return this.#bytes;
  }

  /** Encodes an entry from {@link frameStart} on; returns the frame's length, or 0 when key or text is too long. */
  encode({ key, text, critical }: SpoolInput, sequence: number, nowMs: number): number {
    const bytes = this.#bytes;
    const view = this.#view;
    const keyStart = frameStart + frameHeaderBytes;
    const keyLength = bytes.write(key, keyStart);
    if (keyLength > keyBytesMax) return 0;
    const textLength = bytes.write(text, keyStart + keyLength);
    if (textLength > this.#entryBytesMax) return 0;
    const length = frameHeaderBytes + keyLength + textLength;
    view.setUint32(frameStart + frameOffset.length, length, true);
    writeUint64(view, frameStart + frameOffset.sequence, sequence);
    writeUint64(view, frameStart + frameOffset.appendedAt, nowMs);
    view.setUint8(frameStart + frameOffset.flags, critical === true ? criticalFlag : 0);
    view.setUint8(frameStart + frameOffset.keyLength, keyLength);
    const crc = crc32(bytes.subarray(frameStart + frameOffset.length, frameStart + length));
    view.setUint32(frameStart + frameOffset.crc, crc, true);
    return length;
  }

  /** Puts a segment's header directly before the frame, so that both are written at once. */
  encodeHeader(header: SegmentHeader): void {
    encodeSegmentHeader(header).copy(this.#bytes, 0);
  }
}
