/** No sequence reaches this: ten million entries a second last fourteen years, and sums of sequences stay exact. */
export const sequenceMax: number = 2 ** 52;

const highUnit = 2 ** 32;

/** Writes an unsigned 64-bit number, little-endian. */
export function writeUint64(bytes: DataView, offset: number, value: number): void {
  bytes.setUint32(offset, value % highUnit, true);
  bytes.setUint32(offset + 4, Math.floor(value / highUnit), true);
}

/** Reads an unsigned 64-bit number, little-endian. Above 2^53 it is not exact, and no number of a spool is there. */
export function readUint64(bytes: Buffer, offset: number): number {
  return bytes.readUInt32LE(offset) + bytes.readUInt32LE(offset + 4) * highUnit;
}

/** Sixteen digits, so that names sort like numbers. */
export function toSixteenDigits(value: number): string {
  return String(value).padStart(16, '0');
}
