import { crc32 } from 'node:zlib';
import { readUint64, writeUint64 } from './whole-number.ts';

/** Length of the header in this format. */
export const segmentHeaderBytes = 40;

/** The format this package writes, and the only one it reads. */
export const spoolFormat = 1;

/** What the header of a segment says. */
export interface SegmentHeader {
  /** Sequence of the first entry. */
  readonly first: number;
  /** Time of creation, milliseconds since 1970. */
  readonly createdAtMs: number;
  /** Name of the spool, sixteen hexadecimal digits, the same in all its files. */
  readonly spoolId: string;
}

/** What stands where a segment's header should be. `foreign` is the intact header of another format. */
export type FoundHeader = SegmentHeader | 'foreign' | 'damaged';

const magic = Buffer.from('AUDSPOOL');
const crcBytes = 4;

/** Writes the header of a segment. */
export function encodeSegmentHeader({ first, createdAtMs, spoolId }: SegmentHeader): Buffer {
  const bytes = Buffer.alloc(segmentHeaderBytes);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  magic.copy(bytes, 0);
  bytes.writeUInt16LE(spoolFormat, 8);
  bytes.writeUInt16LE(segmentHeaderBytes, 10);
  writeUint64(view, 12, first);
  writeUint64(view, 20, createdAtMs);
  bytes.write(spoolId, 28, 'hex');
  bytes.writeUInt32LE(crc32(bytes.subarray(0, 36)), 36);
  return bytes;
}

/** Reads the header of a segment from its first bytes, at most {@link headerReadBytes}. */
export function decodeSegmentHeader(bytes: Buffer): FoundHeader {
  if (bytes.length < segmentHeaderBytes || !bytes.subarray(0, magic.length).equals(magic)) return 'damaged';
  const length = bytes.readUInt16LE(10);
  const crcOffset = length - crcBytes;
  // Every format keeps magic, format, length and a CRC at the end: a flipped bit is no other format.
  if (crcOffset < 12 || length > bytes.length) return 'damaged';
  if (crc32(bytes.subarray(0, crcOffset)) !== bytes.readUInt32LE(crcOffset)) return 'damaged';
  if (bytes.readUInt16LE(8) !== spoolFormat || length !== segmentHeaderBytes) return 'foreign';
  return {
    first: readUint64(bytes, 12),
    createdAtMs: readUint64(bytes, 20),
    spoolId: bytes.toString('hex', 28, 36),
  };
}

/** As much as a header of any format may be long. */
export const headerReadBytes = 4_096;
