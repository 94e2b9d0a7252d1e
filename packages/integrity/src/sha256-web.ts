import { sha256 } from '@noble/hashes/sha2.js';
import { hexOfBytes, writeHex } from './hex.ts';
import { beginOf, endOf, type Lines } from './lines.ts';

export { safeBytesOfBase64 } from './base64.ts';

const hashBytes = 32;
const encoder = new TextEncoder();

/** SHA-256 in lower-case hex; a string is hashed as its UTF-8 bytes. */
export function sha256Hex(data: Uint8Array | string): string {
  return hexOfBytes(sha256(typeof data === 'string' ? encoder.encode(data) : data));
}

/** Writes the SHA-256 of `data` at `offset` of a target made by {@link allocate}. */
export function sha256Into(data: Uint8Array, target: Uint8Array, offset: number): void {
  target.set(sha256(data), offset);
}

/**
 * Writes the leaf hashes of lines, SHA-256 over 0x00 and each, to a target, from `offset` on. The byte before a line is
 * overwritten for the moment, which saves copying the line.
 */
export function leafHashesInto(
  lines: Lines,
  from: number,
  count: number,
  target: Uint8Array,
  offset = 0,
): void {
  const { bytes } = lines;
  for (let at = from; at < from + count; at++) {
    const begin = beginOf(lines, at) - 1;
    const before = bytes[begin] ?? 0;
    bytes[begin] = 0;
    sha256Into(bytes.subarray(begin, endOf(lines, at)), target, offset + (at - from) * hashBytes);
    bytes[begin] = before;
  }
}

/** Hashes 2^n neighbouring nodes up to the root over them, which is written over the first; the others are spoiled. */
export function reduceNodes(nodes: Uint8Array, count: number): void {
  const input = allocate(1 + 2 * hashBytes);
  input[0] = 1;
  for (let parents = count / 2; parents >= 1; parents /= 2) {
    for (let parent = 0; parent < parents; parent++) {
      input.set(nodes.subarray(2 * parent * hashBytes, 2 * (parent + 1) * hashBytes), 1);
      sha256Into(input, nodes, parent * hashBytes);
    }
  }
}

/** Makes zeroed bytes that {@link sha256Into} can write to. */
export function allocate(length: number): Uint8Array {
  return new Uint8Array(length);
}

/** Writes bytes, up to `end`, as lower-case hex digits to the beginning of a target. */
export function hexDigitsInto(bytes: Uint8Array, end: number, target: Uint8Array): void {
  encoder.encodeInto(hexOfBytes(bytes.subarray(0, end)), target);
}

/** Writes the bytes of a text that is known to be lower-case hex into a target made by {@link allocate}. */
export function hexInto(text: string, target: Uint8Array, offset: number): void {
  writeHex(text, target, offset);
}

/** The same bytes in the form that is searched fastest. */
export function searchable(bytes: Uint8Array): Uint8Array {
  return bytes;
}

/** SHA-256 over pieces. */
export interface RunningHash {
  readonly update: (data: Uint8Array) => void;
  /** Ends the hash; lower-case hex. */
  readonly digest: () => string;
}

/** Starts a SHA-256 over pieces. */
export function createRunningHash(): RunningHash {
  const running = sha256.create();
  return { update: (data) => void running.update(data), digest: () => hexOfBytes(running.digest()) };
}
