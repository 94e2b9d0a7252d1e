import { allocate, hexInto, sha256Hex } from '#sha256';

/** Bytes of a hash. */
export const hashBytes = 32;

/** Hex digits of a hash. */
export const hashDigits = 2 * hashBytes;

/** Root of the tree without leaves: SHA-256 of nothing (RFC 6962, section 2.1). Lower-case hex, like every hash here. */
export const emptyRoot = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

let leafInput = allocate(4096);

/**
 * Hashes a record as a leaf of the log: SHA-256 over 0x00 and the record's bytes (RFC 6962, section 2.1). This is the
 * record's `event_hash`. A string is hashed as its UTF-8 bytes.
 */
export function leafHash(record: Uint8Array | string): string {
  if (typeof record === 'string') return sha256Hex(`\u0000${record}`);
  if (leafInput.length <= record.length) leafInput = allocate(2 * record.length);
  leafInput.set(record, 1);
  return sha256Hex(leafInput.subarray(0, record.length + 1));
}

const nodeInput = allocate(1 + 2 * hashBytes);
nodeInput[0] = 1;

/** Hashes an inner node: SHA-256 over 0x01, the left and the right hash (RFC 6962, section 2.1). */
export function nodeHash(left: string, right: string): string {
  hexInto(left, nodeInput, 1);
  hexInto(right, nodeInput, 1 + hashBytes);
  return sha256Hex(nodeInput);
}
