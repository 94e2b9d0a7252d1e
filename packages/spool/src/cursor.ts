import { crc32 } from 'node:zlib';
import { spoolFormat } from './segment-header.ts';
import { readUint64, sequenceMax, writeUint64 } from './whole-number.ts';

/** What a spool remembers of what was acknowledged. */
export interface Cursor {
  /** Everything below is acknowledged. */
  readonly floor: number;
  /** Sequence that the next entry gets. */
  readonly next: number;
  /** Name of the spool, as in its segments. */
  readonly spoolId: string;
  /** Sequences acknowledged at or above the floor, ascending. */
  readonly beyond: readonly number[];
}

const magic = Buffer.from('AUDCURSR');
const fixedBytes = 40;
const crcBytes = 4;

/** Writes a cursor. */
export function encodeCursor({ floor, next, spoolId, beyond }: Cursor): Buffer {
  const bytes = Buffer.alloc(fixedBytes + beyond.length * 8 + crcBytes);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  magic.copy(bytes, 0);
  bytes.writeUInt16LE(spoolFormat, 8);
  bytes.writeUInt32LE(beyond.length, 12);
  writeUint64(view, 16, floor);
  writeUint64(view, 24, next);
  bytes.write(spoolId, 32, 'hex');
  beyond.forEach((sequence, index) => {
    writeUint64(view, fixedBytes + index * 8, sequence);
  });
  bytes.writeUInt32LE(crc32(bytes.subarray(0, bytes.length - crcBytes)), bytes.length - crcBytes);
  return bytes;
}

/** Reads a cursor; bytes after its end are left over from a longer one. Gives nothing when it is damaged. */
export function decodeCursor(bytes: Buffer): Cursor | undefined {
  if (bytes.length < fixedBytes + crcBytes || !bytes.subarray(0, magic.length).equals(magic))
    return undefined;
  if (bytes.readUInt16LE(8) !== spoolFormat || bytes.readUInt16LE(10) !== 0) return undefined;
  const count = bytes.readUInt32LE(12);
  const end = fixedBytes + count * 8;
  if (end + crcBytes > bytes.length) return undefined;
  if (crc32(bytes.subarray(0, end)) !== bytes.readUInt32LE(end)) return undefined;
  const floor = readUint64(bytes, 16);
  const next = readUint64(bytes, 24);
  if (floor > next || next > sequenceMax) return undefined;
  const beyond = Array.from({ length: count }, (_, index) => readUint64(bytes, fixedBytes + index * 8));
  return { floor, next, spoolId: bytes.toString('hex', 32, 40), beyond };
}
