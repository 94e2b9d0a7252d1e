import { allocate, createRunningHash, leafHashesInto } from '#sha256';
import { base64OfBytes, safeBytesOfBase64 } from './base64.ts';
import { hashBytes } from './hashing.ts';
import { bytesOfHex, hexOfBytes } from './hex.ts';
import type { Lines } from './lines.ts';
import { packFormat } from './pack-format.ts';

const linesOfBlock = 256;

/**
 * Digest over the lines of a pack: SHA-256 over their hashes, in order, each line hashed like a record, as 0x00 and its
 * bytes without newline. So a record, whose hash is needed anyway, is not read twice.
 */
export class PackDigest {
  lines = 0;
  readonly #running = createRunningHash();
  readonly #block = allocate(linesOfBlock * hashBytes);
  #filled = 0;

  /** Adds lines by their hashes, one after the other up to `end`. */
  addHashes(hashes: Uint8Array, end: number): void {
    this.#endBlock();
    this.#running.update(hashes.subarray(0, end));
    this.lines += end / hashBytes;
  }

  /** Adds one of some lines. */
  add(lines: Lines, at: number): void {
    leafHashesInto(lines, at, 1, this.#block, this.#filled);
    this.#filled += hashBytes;
    this.lines++;
    if (this.#filled === this.#block.length) this.#endBlock();
  }

  /** Ends the digest; lower-case hex. */
  digest(): string {
    this.#endBlock();
    return this.#running.digest();
  }

  #endBlock(): void {
    if (this.#filled > 0) this.#running.update(this.#block.subarray(0, this.#filled));
    this.#filled = 0;
  }
}

/** What the signature of a pack states. */
export interface PackStatement {
  readonly origin: string;
  /** Lines before the signature. */
  readonly lines: number;
  /** {@link PackDigest} over them. */
  readonly digest: string;
}

/** Writes the text that is signed. */
export function formatPackStatement({ origin, lines, digest }: PackStatement): string {
  return `${packFormat}\n${origin}\n${lines}\n${base64OfBytes(bytesOfHex(digest))}\n`;
}

/** Reads the text that was signed; undefined for anything else. */
export function safeParsePackStatement(text: string): PackStatement | undefined {
  const [format, origin = '', lines = '', base64 = '', end, ...rest] = text.split('\n');
  const digest = safeBytesOfBase64(base64);
  if (format !== packFormat || end !== '' || rest.length > 0 || digest?.length !== hashBytes)
    return undefined;
  return /^[1-9]\d{0,15}$/.test(lines)
    ? { origin, lines: Number(lines), digest: hexOfBytes(digest) }
    : undefined;
}
