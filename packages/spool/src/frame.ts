import { crc32 } from 'node:zlib';
import { readUint64 } from './whole-number.ts';

/** Bytes before the key. */
export const frameHeaderBytes = 32;

/** First bytes of every frame; FF and FE never occur in UTF-8, so no key and no payload contains it. */
export const frameMarker: Buffer = Buffer.from([0xff, 0xa5, 0xdf, 0xfe]);

/** Longest key, in bytes. */
export const keyBytesMax = 255;

/** Places of the members in a frame. */
export const frameOffset = {
  crc: 4,
  length: 8,
  sequence: 12,
  appendedAt: 20,
  flags: 28,
  keyLength: 29,
  zero: 30,
} as const;

/** Flag of an entry that could use the reserve of the quota. */
export const criticalFlag = 1;

/**
 * Says what stands at a place: the length of an intact frame; 0 when it is none; or a negative number when that cannot
 * be known before as many bytes as its absolute value are there.
 */
export function checkFrame(bytes: Buffer, offset: number): number {
  const available = bytes.length - offset;
  if (available < frameHeaderBytes) return -frameHeaderBytes;
  if (!isPlausibleHeader(bytes, offset)) return 0;
  const length = frameLength(bytes, offset);
  if (available < length) return -length;
  const crc = crc32(bytes.subarray(offset + frameOffset.length, offset + length));
  return crc === bytes.readUInt32LE(offset + frameOffset.crc) ? length : 0;
}

/** Whether a place looks like the header of a frame; says nothing about its CRC. Needs all bytes of the header. */
export function isPlausibleHeader(bytes: Buffer, offset: number): boolean {
  return (
    bytes.readUInt32LE(offset) === markerNumber &&
    frameLength(bytes, offset) >= frameHeaderBytes + frameKeyLength(bytes, offset) &&
    (bytes[offset + frameOffset.flags] ?? 0) <= criticalFlag &&
    bytes.readUInt16LE(offset + frameOffset.zero) === 0
  );
}

/** Length of the whole frame. */
export function frameLength(bytes: Buffer, offset: number): number {
  return bytes.readUInt32LE(offset + frameOffset.length);
}

/** Position of the entry in its spool. */
export function frameSequence(bytes: Buffer, offset: number): number {
  return readUint64(bytes, offset + frameOffset.sequence);
}

/** When the entry was appended, milliseconds since 1970. */
export function frameTime(bytes: Buffer, offset: number): number {
  return readUint64(bytes, offset + frameOffset.appendedAt);
}

/** Length of the key in bytes. */
export function frameKeyLength(bytes: Buffer, offset: number): number {
  return bytes[offset + frameOffset.keyLength] ?? 0;
}

const markerNumber = frameMarker.readUInt32LE(0);
