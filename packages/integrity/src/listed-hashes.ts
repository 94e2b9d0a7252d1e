import { safeBytesOfBase64 } from '#sha256';
import { hashBytes } from './hashing.ts';
import type { RecordReader } from './record-reader.ts';
import { tileWidth } from './tiles.ts';

/** The hashes that a pack lists before the records they belong to, so that a changed record is found at its place. */
export class ListedHashes {
  /** One after the other, 32 bytes each. */
  bytes: Uint8Array = new Uint8Array();
  #words: Int32Array = new Int32Array();
  #at = 0;

  /** Listed records that have not come yet. */
  get left(): number {
    return (this.bytes.length - this.#at) / hashBytes;
  }

  /** Takes the next list, Base 64 of 1 to 256 hashes; false when it is none. */
  take(value: unknown): boolean {
    const bytes = typeof value === 'string' ? safeBytesOfBase64(value) : undefined;
    const count = (bytes?.length ?? 0) / hashBytes;
    if (bytes === undefined || !Number.isInteger(count) || count < 1 || count > tileWidth) return false;
    this.bytes = bytes;
    this.#words = new Int32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
    this.#at = 0;
    return true;
  }

  /** Takes records that were read as the next ones listed; how many of them, from the first on, are listed with their hashes. */
  takeRecords(reader: RecordReader): number {
    const matching = reader.matching(this.#words, this.#at / 4);
    this.#at += reader.count * hashBytes;
    return matching;
  }

  /** Where the hash of the next record begins, or -1. */
  next(): number {
    const at = this.#at;
    if (at >= this.bytes.length) return -1;
    this.#at += hashBytes;
    return at;
  }
}
