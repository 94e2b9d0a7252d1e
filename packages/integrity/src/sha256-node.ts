import { Buffer } from 'node:buffer';
import { createHash, hash } from 'node:crypto';

const hashBytes = 32;

/** SHA-256 in lower-case hex; a string is hashed as its UTF-8 bytes. */
export function sha256Hex(data: Uint8Array | string): string {
  return hash('sha256', data);
}

/**
 * Writes the SHA-256 of `data` at `offset` of a target made by {@link allocate}. As text of one character a byte, because
 * Node returns short texts several times faster than buffers.
 */
export function sha256Into(data: Uint8Array, target: Buffer, offset: number): void {
  target.write(hash('sha256', data, 'binary'), offset, hashBytes, 'latin1');
}

/** Makes zeroed bytes that {@link sha256Into} can write to. */
export function allocate(length: number): Buffer {
  return Buffer.alloc(length);
}

/** Writes the bytes of a text that is known to be lower-case hex into a target made by {@link allocate}. */
export function hexInto(text: string, target: Buffer, offset: number): void {
  target.write(text, offset, 'hex');
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
