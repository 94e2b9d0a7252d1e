const initialBytes = 65_536;
const keptBytesMax = 4_194_304;
const utf8BytesPerUnitMax = 3;

/** Collects rows in COPY text format as UTF-8. Encoding each row at once is far cheaper than one large text at the end. */
export class CopyBuffer {
  #bytes: Buffer = Buffer.allocUnsafe(initialBytes);
  #length = 0;

  get isEmpty(): boolean {
    return this.#length === 0;
  }

  /** The rows so far; valid until the next one is added. */
  get rows(): Buffer {
    return this.#bytes.subarray(0, this.#length);
  }

  /** Forgets its rows and keeps its room, unless that is unusually large. */
  clear(): void {
    this.#length = 0;
    if (this.#bytes.length > keptBytesMax) this.#bytes = Buffer.allocUnsafe(initialBytes);
  }

  add(row: string): void {
    this.#reserve(row.length * utf8BytesPerUnitMax);
    this.#length += this.#bytes.write(row, this.#length);
  }

  #reserve(bytes: number): void {
    const needed = this.#length + bytes;
    if (needed <= this.#bytes.length) return;
    const larger = Buffer.allocUnsafe(Math.max(needed, this.#bytes.length * 2));
    this.#bytes.copy(larger, 0, 0, this.#length);
    this.#bytes = larger;
  }
}
