import { hashBytes } from './hashing.ts';
import { hexPairs } from './hex.ts';

const expectedEntries = 1024;
const expectedNameBytes = 32;
const wordBytes = 4;

/**
 * The hash of the last record of every correlation. It takes 32 bytes for the hash, the name itself and about 20 bytes to
 * find it: some 70 MB for a million correlations. Names are compared as bytes, so no string is made for a record.
 */
export class CorrelationHeads {
  #size = 0;
  #slots = new Int32Array(2 * expectedEntries).fill(-1);
  #nameHashes = new Uint32Array(expectedEntries);
  #nameEnds = new Float64Array(expectedEntries);
  #names = viewOf(new Uint8Array(expectedEntries * expectedNameBytes));
  #heads = new Uint8Array(expectedEntries * hashBytes);
  // Chosen anew for each table, so that nobody can prepare correlation ids that all meet in one slot.
  readonly #seed = randomWord();
  readonly #factor = randomWord() | 1;

  /** Number of correlations. */
  get size(): number {
    return this.#size;
  }

  /** Finds the entry of a name, or -1. */
  find(view: DataView, begin: number, end: number): number {
    const hash = this.#hash(view, begin, end);
    const mask = this.#slots.length - 1;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const entry = this.#slots[slot] ?? -1;
      if (entry < 0) return -1;
      if (this.#nameHashes[entry] === hash && this.#isName(entry, view, begin, end)) return entry;
    }
  }

  /** Adds a name that {@link find} did not find; its entry. */
  add(view: DataView, begin: number, end: number): number {
    if (this.#size === this.#nameHashes.length) this.#grow();
    const entry = this.#size++;
    const nameBegin = this.#nameBegin(entry);
    const nameEnd = nameBegin + end - begin;
    if (nameEnd > this.#names.byteLength) this.#names = viewOf(enlarged(bytesOf(this.#names), 2 * nameEnd));
    for (let at = begin; at < end; at++) this.#names.setUint8(nameBegin + at - begin, view.getUint8(at));
    this.#nameEnds[entry] = nameEnd;
    const hash = this.#hash(view, begin, end);
    this.#nameHashes[entry] = hash;
    this.#place(entry, hash);
    return entry;
  }

  /** Tells whether the head of an entry is the hash whose 64 hex digits begin at a position. */
  isHead(entry: number, view: DataView, begin: number): boolean {
    const head = entry * hashBytes;
    for (let byte = 0; byte < hashBytes; byte++) {
      if (hexPairs[view.getUint16(begin + 2 * byte)] !== this.#heads[head + byte]) return false;
    }
    return true;
  }

  /** Sets the head of an entry. */
  setHead(entry: number, hash: Uint8Array): void {
    const head = entry * hashBytes;
    for (let byte = 0; byte < hashBytes; byte++) this.#heads[head + byte] = hash[byte] ?? 0;
  }

  /** Names and heads, to be kept and added to another table. */
  *entries(): Generator<{ readonly name: Uint8Array; readonly head: Uint8Array }> {
    for (let entry = 0; entry < this.#size; entry++) {
      const name = bytesOf(this.#names).subarray(this.#nameBegin(entry), this.#nameEnds[entry]);
      yield { name, head: this.#heads.subarray(entry * hashBytes, (entry + 1) * hashBytes) };
    }
  }

  #nameBegin(entry: number): number {
    return entry === 0 ? 0 : (this.#nameEnds[entry - 1] ?? 0);
  }

  #isName(entry: number, view: DataView, begin: number, end: number): boolean {
    const nameBegin = this.#nameBegin(entry);
    const length = end - begin;
    if ((this.#nameEnds[entry] ?? 0) - nameBegin !== length) return false;
    const names = this.#names;
    let at = 0;
    for (; at + wordBytes <= length; at += wordBytes) {
      if (view.getInt32(begin + at) !== names.getInt32(nameBegin + at)) return false;
    }
    for (; at < length; at++) if (view.getUint8(begin + at) !== names.getUint8(nameBegin + at)) return false;
    return true;
  }

  #hash(view: DataView, begin: number, end: number): number {
    let hash = this.#seed ^ (end - begin);
    let at = begin;
    for (; at + wordBytes <= end; at += wordBytes) {
      hash = Math.imul(hash ^ view.getInt32(at), this.#factor);
      hash ^= hash >>> 15;
    }
    for (; at < end; at++) hash = Math.imul(hash ^ view.getUint8(at), this.#factor);
    hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
    return (hash ^ (hash >>> 13)) >>> 0;
  }

  #place(entry: number, hash: number): void {
    const mask = this.#slots.length - 1;
    let slot = hash & mask;
    while ((this.#slots[slot] ?? -1) >= 0) slot = (slot + 1) & mask;
    this.#slots[slot] = entry;
  }

  #grow(): void {
    const capacity = 2 * this.#nameHashes.length;
    const nameHashes = new Uint32Array(capacity);
    nameHashes.set(this.#nameHashes);
    const nameEnds = new Float64Array(capacity);
    nameEnds.set(this.#nameEnds);
    this.#nameHashes = nameHashes;
    this.#nameEnds = nameEnds;
    this.#heads = enlarged(this.#heads, capacity * hashBytes);
    this.#slots = new Int32Array(2 * capacity).fill(-1);
    for (let entry = 0; entry < this.#size; entry++) this.#place(entry, nameHashes[entry] ?? 0);
  }
}

function enlarged(bytes: Uint8Array, length: number): Uint8Array<ArrayBuffer> {
  const larger = new Uint8Array(length);
  larger.set(bytes);
  return larger;
}

function viewOf({ buffer, byteOffset, byteLength }: Uint8Array): DataView {
  return new DataView(buffer, byteOffset, byteLength);
}

function bytesOf({ buffer, byteOffset, byteLength }: DataView): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

function randomWord(): number {
  return Math.floor(Math.random() * 2 ** 32) | 0;
}
