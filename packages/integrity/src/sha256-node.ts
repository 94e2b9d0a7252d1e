import { Buffer } from 'node:buffer';
import { createHash, hash } from 'node:crypto';
import type { Lines } from './lines.ts';
import { createNodeLanes, firstNode, type NodeLanes, nodesMax } from './sha256-lanes.ts';

const hashBytes = 32;

/** SHA-256 in lower-case hex; a string is hashed as its UTF-8 bytes. */
export function sha256Hex(data: Uint8Array | string): string {
  return hash('sha256', data);
}

/** Bytes that {@link sha256Into} can write to. */
export interface HashTarget extends Buffer {
  // What `write` of `latin1` calls after finding out the encoding, which takes longer than the writing.
  readonly latin1Write: (text: string, offset: number, length: number) => number;
}

/**
 * Writes the SHA-256 of `data` at `offset` of a target made by {@link allocate}. As text of one character a byte, because
 * Node returns short texts several times faster than buffers.
 */
export function sha256Into(data: Uint8Array, target: HashTarget, offset: number): void {
  target.latin1Write(hash('sha256', data, 'binary'), offset, hashBytes);
}

/**
 * Writes the leaf hashes of lines, SHA-256 over 0x00 and each, to a target, from `offset` on. The byte before a line is
 * overwritten for the moment, which saves copying the line, and the hashes are joined, which saves writing each.
 */
export function leafHashesInto(
  { bytes, newlines }: Lines,
  from: number,
  count: number,
  target: HashTarget,
  offset = 0,
): void {
  const { buffer, byteOffset } = bytes;
  let hashes = '';
  for (let at = from; at < from + count; at++) {
    const begin = newlines[at] ?? 0;
    const length = (newlines[at + 1] ?? 0) - begin;
    const before = bytes[begin] ?? 0;
    bytes[begin] = 0;
    hashes += hash('sha256', new Uint8Array(buffer, byteOffset + begin, length), 'binary');
    bytes[begin] = before;
  }
  target.latin1Write(hashes, offset, count * hashBytes);
}

let lanes: NodeLanes | undefined;
let isAsked = false;

/** Hashes 2^n neighbouring nodes up to the root over them, which is written over the first; the others are spoiled. */
export function reduceNodes(nodes: HashTarget, count: number): void {
  if (!isAsked) lanes = createNodeLanes();
  isAsked = true;
  let rest = count;
  if (lanes !== undefined && count <= nodesMax) {
    lanes.memory.set(nodes.subarray(0, count * hashBytes), firstNode);
    for (; rest >= 8; rest /= 2) lanes.hashParents(rest / 2);
    nodes.set(lanes.memory.subarray(firstNode, firstNode + rest * hashBytes));
  }
  const input = allocate(1 + 2 * hashBytes);
  input[0] = 1;
  for (; rest > 1; rest /= 2) {
    for (let parent = 0; parent < rest / 2; parent++) {
      nodes.copy(input, 1, 2 * parent * hashBytes, 2 * (parent + 1) * hashBytes);
      sha256Into(input, nodes, parent * hashBytes);
    }
  }
}

/** Makes zeroed bytes that {@link sha256Into} can write to. */
export function allocate(length: number): HashTarget {
  // Every buffer of Node has the method.
  return Buffer.alloc(length) as HashTarget;
}

/** Writes bytes, up to `end`, as lower-case hex digits to the beginning of a target. */
export function hexDigitsInto(bytes: HashTarget, end: number, target: HashTarget): void {
  target.latin1Write(bytes.toString('hex', 0, end), 0, 2 * end);
}

/** Writes the bytes of a text that is known to be lower-case hex into a target made by {@link allocate}. */
export function hexInto(text: string, target: Buffer, offset: number): void {
  target.write(text, offset, 'hex');
}

/** Reads Base 64 (RFC 4648, section 4) in the only form it is written in; undefined for anything else. */
export function safeBytesOfBase64(text: string): HashTarget | undefined {
  const bytes = allocate(Buffer.byteLength(text, 'base64'));
  bytes.write(text, 'base64');
  // Node also reads what is no Base 64, as well as it can; it does not write it.
  return bytes.toString('base64') === text ? bytes : undefined;
}

/** The same bytes in the form that is searched fastest. */
export function searchable(bytes: Uint8Array): Uint8Array {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** SHA-256 over pieces. */
export interface RunningHash {
  readonly update: (data: Uint8Array) => void;
  /** Ends the hash; lower-case hex. */
  readonly digest: () => string;
}

/** Starts a SHA-256 over pieces. */
export function createRunningHash(): RunningHash {
  const running = createHash('sha256');
  return { update: (data) => running.update(data), digest: () => running.digest('hex') };
}
