import { linesMax } from './lines.ts';

const expectedEntries = 1024;
const wordBytes = 4;

// An entry is half a cache line: hash and length of the name, and the name, or where it begins when it is long.
const entryWords = 8;
const nameHashAt = 0;
const nameLengthAt = 1;
const nameAt = 2;
const shortNameBytes = (entryWords - nameAt) * wordBytes;

// A head is a cache line, the 64 hex digits of a hash: as records name it, so that it is compared as it stands, eight digits
// at a time. Eight digits are never zero nor no number, so they are equal as numbers when they are as bytes.
const headWords = 8;
const headWordBytes = 8;

/**
 * The hash of the last record of every correlation. It takes about 110 bytes for each, and the name itself where that is
 * longer than 24 bytes: some 110 MB for a million correlations. Names are compared as bytes, so no string is made for a
 * record.
 */
export class CorrelationHeads {
  #size = 0;
  #slots = new Int32Array(2 * expectedEntries).fill(-1);
  #entries = new Int32Array(expectedEntries * entryWords);
  #heads = new Float64Array(expectedEntries * headWords);
  #longNames = new DataView(new ArrayBuffer(0));
  #longNamesEnd = 0;
  // Chosen anew for each table, so that nobody can prepare correlation ids that all meet in one slot.
  readonly #seed = randomWord();
  readonly #factor = randomWord() | 1;
  readonly #hashes = new Int32Array(linesMax);

  /** Number of correlations. */
  get size(): number {
    return this.#size;
  }

  /** Finds the entry of a name, or -1. */
  find(view: DataView, begin: number, end: number): number {
    return this.#find(this.#hash(view, begin, end), view, begin, end);
  }

  /**
   * Finds the entries of several names. The table is larger than the processor's caches: step by step for all names at once
   * the waits for memory overlap, where one name after the other would wait for each.
   */
  findAll(view: DataView, begins: Int32Array, ends: Int32Array, entries: Int32Array, count: number): void {
    const hashes = this.#hashes;
    for (let at = 0; at < count; at++) hashes[at] = this.#hash(view, begins[at] ?? 0, ends[at] ?? 0);
    const slots = this.#slots;
    const mask = slots.length - 1;
    for (let at = 0; at < count; at++) entries[at] = slots[(hashes[at] ?? 0) & mask] ?? -1;
    for (let at = 0; at < count; at++) {
      const hash = hashes[at] ?? 0;
      const [begin, end] = [begins[at] ?? 0, ends[at] ?? 0];
      if (!this.#isEntry(entries[at] ?? -1, hash, view, begin, end))
        entries[at] = this.#find(hash, view, begin, end);
    }
  }

  /** Adds a name that {@link find} did not find; its entry. */
  add(view: DataView, begin: number, end: number): number {
    if (this.#size * entryWords === this.#entries.length) this.#grow();
    const entry = this.#size++;
    const at = entry * entryWords;
    const hash = this.#hash(view, begin, end);
    this.#entries[at + nameHashAt] = hash;
    this.#entries[at + nameLengthAt] = end - begin;
    if (end - begin > shortNameBytes) this.#entries[at + nameAt] = this.#addLongName(view, begin, end);
    else {
      for (let word = 0; begin + word * wordBytes < end; word++) {
        this.#entries[at + nameAt + word] = wordOf(view, begin + word * wordBytes, end);
      }
    }
    this.#place(entry, hash);
    return entry;
  }

  /** Tells whether the head of an entry is the hash whose 64 hex digits begin at a position. */
  isHead(entry: number, view: DataView, begin: number): boolean {
    const head = entry * headWords;
    for (let word = 0; word < headWords; word++) {
      if (view.getFloat64(begin + word * headWordBytes, true) !== this.#heads[head + word]) return false;
    }
    return true;
  }

  /** Sets the head of an entry to the hash whose 64 hex digits begin at a position. */
  setHead(entry: number, view: DataView, begin: number): void {
    const head = entry * headWords;
    for (let word = 0; word < headWords; word++) {
      this.#heads[head + word] = view.getFloat64(begin + word * headWordBytes, true);
    }
  }

  /** Names and heads in hex, to be kept and added to another table. */
  *entries(): Generator<{ readonly name: Uint8Array; readonly head: string }> {
    for (let entry = 0; entry < this.#size; entry++)
      yield { name: this.#name(entry), head: this.#head(entry) };
  }

  #head(entry: number): string {
    const digits = new DataView(new ArrayBuffer(headWords * headWordBytes));
    for (let word = 0; word < headWords; word++) {
      digits.setFloat64(word * headWordBytes, this.#heads[entry * headWords + word] ?? 0, true);
    }
    return new TextDecoder().decode(digits);
  }

  #find(hash: number, view: DataView, begin: number, end: number): number {
    const mask = this.#slots.length - 1;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const entry = this.#slots[slot] ?? -1;
      if (entry < 0 || this.#isEntry(entry, hash, view, begin, end)) return entry;
    }
  }

  #isEntry(entry: number, hash: number, view: DataView, begin: number, end: number): boolean {
    if (entry < 0 || this.#entries[entry * entryWords + nameHashAt] !== hash) return false;
    return this.#isName(entry, view, begin, end);
  }

  #name(entry: number): Uint8Array {
    const at = entry * entryWords;
    const length = this.#entries[at + nameLengthAt] ?? 0;
    if (length > shortNameBytes) {
      return new Uint8Array(this.#longNames.buffer, this.#longNameBegin(entry), length);
    }
    const name = new DataView(new ArrayBuffer(shortNameBytes));
    for (let word = 0; nameAt + word < entryWords; word++) {
      name.setInt32(word * wordBytes, this.#entries[at + nameAt + word] ?? 0);
    }
    return new Uint8Array(name.buffer, 0, length);
  }

  #isName(entry: number, view: DataView, begin: number, end: number): boolean {
    const at = entry * entryWords;
    const length = end - begin;
    if (this.#entries[at + nameLengthAt] !== length) return false;
    if (length > shortNameBytes)
      return isSame(this.#longNames, this.#longNameBegin(entry), view, begin, length);
    for (let word = 0; word * wordBytes < length; word++) {
      if (this.#entries[at + nameAt + word] !== wordOf(view, begin + word * wordBytes, end)) return false;
    }
    return true;
  }

  #longNameBegin(entry: number): number {
    return (this.#entries[entry * entryWords + nameAt] ?? 0) >>> 0;
  }

  #addLongName(view: DataView, begin: number, end: number): number {
    const nameBegin = this.#longNamesEnd;
    this.#longNamesEnd += end - begin;
    if (this.#longNamesEnd > this.#longNames.byteLength) {
      const larger = new Uint8Array(2 * this.#longNamesEnd);
      larger.set(new Uint8Array(this.#longNames.buffer));
      this.#longNames = new DataView(larger.buffer);
    }
    for (let at = begin; at < end; at++) this.#longNames.setUint8(nameBegin + at - begin, view.getUint8(at));
    return nameBegin;
  }

  #hash(view: DataView, begin: number, end: number): number {
    let hash = this.#seed ^ (end - begin);
    for (let at = begin; at < end; at += wordBytes) {
      hash = Math.imul(hash ^ wordOf(view, at, end), this.#factor);
      hash ^= hash >>> 15;
    }
    hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
    return hash ^ (hash >>> 13);
  }

  #place(entry: number, hash: number): void {
    const mask = this.#slots.length - 1;
    let slot = hash & mask;
    while ((this.#slots[slot] ?? -1) >= 0) slot = (slot + 1) & mask;
    this.#slots[slot] = entry;
  }

  #grow(): void {
    const entries = new Int32Array(2 * this.#entries.length);
    entries.set(this.#entries);
    this.#entries = entries;
    const heads = new Float64Array(2 * this.#heads.length);
    heads.set(this.#heads);
    this.#heads = heads;
    this.#slots = new Int32Array((2 * entries.length) / entryWords).fill(-1);
    for (let entry = 0; entry < this.#size; entry++) {
      this.#place(entry, entries[entry * entryWords + nameHashAt] ?? 0);
    }
  }
}

/** The next four bytes, or those that are left. */
function wordOf(view: DataView, at: number, end: number): number {
  const missing = at + wordBytes - end;
  if (missing <= 0) return view.getInt32(at);
  // Whatever is before the name is shifted out.
  if (end >= wordBytes) return view.getInt32(end - wordBytes) << (8 * missing);
  let word = 0;
  for (let byte = at; byte < at + wordBytes; byte++)
    word = (word << 8) | (byte < end ? view.getUint8(byte) : 0);
  return word;
}

function isSame(
  one: DataView,
  oneBegin: number,
  other: DataView,
  otherBegin: number,
  length: number,
): boolean {
  for (let at = 0; at < length; at++) {
    if (one.getUint8(oneBegin + at) !== other.getUint8(otherBegin + at)) return false;
  }
  return true;
}

function randomWord(): number {
  return Math.floor(Math.random() * 2 ** 32) | 0;
}
