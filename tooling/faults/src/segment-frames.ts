import { crc32 } from 'node:zlib';

/** Where an entry lies in a segment. */
export interface FramePlace {
  readonly key: string;
  readonly start: number;
  readonly end: number;
}

/** Bytes before the first frame. */
export const segmentHeaderBytes = 32;
const frameHeadBytes = 32;
const marker = Buffer.from([0xff, 0xa5, 0xdf, 0xfe]);

/**
 * Finds the sound frames of a segment. Written from the format's description and not with the spool's code, so that
 * one of the two alone cannot be wrong.
 */
export function framesOf(segment: Buffer): FramePlace[] {
  const frames: FramePlace[] = [];
  let start = segment.indexOf(marker, segmentHeaderBytes);
  while (start >= 0) {
    const frame = frameAt(segment, start);
    if (frame !== undefined) frames.push(frame);
    start = segment.indexOf(marker, frame?.end ?? start + 1);
  }
  return frames;
}

function frameAt(segment: Buffer, start: number): FramePlace | undefined {
  if (start + frameHeadBytes > segment.length) return undefined;
  const length = segment.readUInt32LE(start + 8);
  const end = start + length;
  if (length < frameHeadBytes || end > segment.length) return undefined;
  if (crc32(segment.subarray(start + 8, end)) !== segment.readUInt32LE(start + 4)) return undefined;
  const keyBytes = segment.readUInt8(start + 29);
  const key = segment.toString('utf8', start + frameHeadBytes, start + frameHeadBytes + keyBytes);
  return { key, start, end };
}
