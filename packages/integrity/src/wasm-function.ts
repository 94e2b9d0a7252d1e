const byteBits = 7;
const pageBytes = 65_536;

/** Code of one WebAssembly function over vectors of four 32-bit numbers, written instruction by instruction. */
export class WasmFunction {
  readonly #code: number[] = [];

  /** Writes bytes as they are. */
  raw(...bytes: readonly number[]): void {
    for (const byte of bytes) this.#code.push(byte);
  }

  /** Pushes a local. */
  get(local: number): void {
    this.raw(0x20, local);
  }

  /** Takes the top of the stack into a local. */
  set(local: number): void {
    this.raw(0x21, local);
  }

  /** Pushes a number. */
  i32(value: number): void {
    this.raw(0x41, ...signed(value));
  }

  /** Pushes a number four times, as a vector. */
  vector(value: number): void {
    const bytes = [value, value >>> 8, value >>> 16, value >>> 24].map((byte) => byte & 0xff);
    this.#simd(0x0c, ...bytes, ...bytes, ...bytes, ...bytes);
  }

  /** Pushes 16 bytes from the address in a local. */
  load(local: number, offset: number): void {
    this.get(local);
    this.#simd(0x00, 0, ...unsigned(offset));
  }

  /** Writes the vector on the stack to the address below it. */
  store(offset: number): void {
    this.#simd(0x0b, 0, ...unsigned(offset));
  }

  /** Pushes four bytes from the address in a local, four times, as a vector. */
  loadRepeated(local: number, offset: number): void {
    this.get(local);
    this.#simd(0x09, 0, ...unsigned(offset));
  }

  /** Pushes the byte at the address in a local. */
  loadByte(local: number, offset: number): void {
    this.get(local);
    this.raw(0x2d, 0, ...unsigned(offset));
  }

  /** Pushes 16 of the 32 bytes of two vectors. */
  shuffle(left: number, right: number, bytes: readonly number[]): void {
    this.get(left);
    this.get(right);
    this.#simd(0x0d, ...bytes);
  }

  multiply(): void {
    this.raw(0x6c);
  }

  /** Repeats what is written meanwhile until a local is zero. */
  while(local: number, write: () => void): void {
    this.raw(0x02, 0x40, 0x03, 0x40);
    this.get(local);
    this.raw(0x45, 0x0d, 1);
    write();
    this.raw(0x0c, 0, 0x0b, 0x0b);
  }

  and(): void {
    this.#simd(0x4e);
  }

  or(): void {
    this.#simd(0x50);
  }

  xor(): void {
    this.#simd(0x51);
  }

  add(): void {
    this.#simd(0xae);
  }

  shiftLeft(bits: number): void {
    this.i32(bits);
    this.#simd(0xab);
  }

  shiftRight(bits: number): void {
    this.i32(bits);
    this.#simd(0xad);
  }

  /**
   * Ends the function and writes a module around it: exports `run`, of three numbers, and `memory`.
   * @param locals how many of the locals after the three parameters hold numbers, and how many of those after them vectors
   */
  toModule(locals: { numbers: number; vectors: number; memoryBytes: number }): Uint8Array<ArrayBuffer> {
    const { numbers, vectors, memoryBytes } = locals;
    const body = [2, ...unsigned(numbers), 0x7f, ...unsigned(vectors), 0x7b, ...this.#code, 0x0b];
    const name = (text: string) => [text.length, ...new TextEncoder().encode(text)];
    return Uint8Array.from([
      ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
      ...section(1, [1, 0x60, 3, 0x7f, 0x7f, 0x7f, 0]),
      ...section(3, [1, 0]),
      ...section(5, [1, 0, ...unsigned(Math.ceil(memoryBytes / pageBytes))]),
      ...section(7, [2, ...name('memory'), 2, 0, ...name('run'), 0, 0]),
      ...section(10, [1, ...unsigned(body.length), ...body]),
    ]);
  }

  #simd(instruction: number, ...bytes: readonly number[]): void {
    this.raw(0xfd, ...unsigned(instruction), ...bytes);
  }
}

function section(id: number, bytes: readonly number[]): number[] {
  return [id, ...unsigned(bytes.length), ...bytes];
}

function unsigned(value: number): number[] {
  const low = value & 0x7f;
  const rest = value >>> byteBits;
  return rest === 0 ? [low] : [low | 0x80, ...unsigned(rest)];
}

function signed(value: number): number[] {
  const low = value & 0x7f;
  const rest = value >> byteBits;
  const isLast = rest === ((low & 0x40) === 0 ? 0 : -1);
  return isLast ? [low] : [low | 0x80, ...signed(rest)];
}
