import type { WasmFunction } from './wasm-function.ts';

/** Locals that a block is hashed in. */
export interface BlockLocals {
  /** First of eight vectors: the state. */
  readonly state: number;
  /** First of 16 vectors: the next words of the schedule. */
  readonly words: number;
  /** First of three vectors. */
  readonly scratch: number;
}

/** Rounds that are written one by one: after so many the words of a block are used up and are extended. */
export const roundsWritten = 16;

/** Constants of the rounds: FIPS 180-4, section 4.2.2. */
// biome-ignore format: a table
export const roundConstants = [
  0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
  0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
  0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
  0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
  0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
  0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
  0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
  0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
];

// FIPS 180-4, section 4.1.2: two rotations and a shift.
const smallSigma0 = [7, 18, 3] as const;
const smallSigma1 = [17, 19, 10] as const;

/**
 * Writes 16 rounds (FIPS 180-4, section 6.2.2), after which each part of the state is where it was.
 * @param constants local with the address of the rounds' constants; left out, the words have them added already
 */
export function writeRounds(code: WasmFunction, locals: BlockLocals, constants?: number): void {
  const { state, words, scratch } = locals;
  writeXor(code, state + 1, state + 2, scratch + 1);
  for (let round = 0; round < roundsWritten; round++) {
    const local = (at: number) => state + ((at - round) & 7);
    const [a, b, d] = [local(0), local(1), local(3)];
    const [e, f, g, h] = [local(4), local(5), local(6), local(7)];
    code.get(words + round);
    if (constants !== undefined) {
      code.loadRepeated(constants, round * 4);
      code.add();
    }
    code.get(h);
    code.add();
    writeChoice(code, e, f, g);
    code.add();
    writeSigma(code, e, [6, 11, 25]);
    code.add();
    code.set(scratch);
    code.get(d);
    code.get(scratch);
    code.add();
    code.set(d);
    // The majority of a, b and c is b ^ ((a ^ b) & (b ^ c)), and a ^ b is b ^ c of the next round.
    const [before, next] = [scratch + 1 + (round & 1), scratch + 1 + (~round & 1)];
    writeXor(code, a, b, next);
    code.get(before);
    code.get(next);
    code.and();
    code.get(b);
    code.xor();
    writeSigma(code, a, [2, 13, 22]);
    code.add();
    code.get(scratch);
    code.add();
    code.set(h);
  }
}

/** Writes the extension of the schedule by 16 words (FIPS 180-4, section 6.2.2, step 1). */
export function writeExtension(code: WasmFunction, { words }: Pick<BlockLocals, 'words'>): void {
  for (let word = 0; word < 16; word++) {
    const local = (at: number) => words + ((word + at) & 15);
    code.get(local(0));
    code.get(local(9));
    code.add();
    writeSigma(code, local(1), smallSigma0.slice(0, 2), smallSigma0[2]);
    code.add();
    writeSigma(code, local(14), smallSigma1.slice(0, 2), smallSigma1[2]);
    code.add();
    code.set(local(0));
  }
}

/** Extends a block to the 64 words of its schedule, each with the constant of its round added. */
export function scheduleWithConstants(block: readonly number[]): Uint32Array {
  const schedule = Uint32Array.from({ ...block, length: roundConstants.length });
  const word = (at: number) => schedule[at] ?? 0;
  for (let at = 16; at < schedule.length; at++) {
    schedule[at] =
      word(at - 16) + sigmaOf(word(at - 15), smallSigma0) + word(at - 7) + sigmaOf(word(at - 2), smallSigma1);
  }
  return schedule.map((value, at) => value + (roundConstants[at] ?? 0));
}

function sigmaOf(word: number, [first, second, shift]: readonly [number, number, number]): number {
  const rotated = (bits: number) => (word >>> bits) | (word << (32 - bits));
  return (rotated(first) ^ rotated(second) ^ (word >>> shift)) >>> 0;
}

function writeSigma(code: WasmFunction, local: number, rotations: readonly number[], shift?: number): void {
  rotations.forEach((bits, at) => {
    code.get(local);
    code.shiftRight(bits);
    code.get(local);
    code.shiftLeft(32 - bits);
    code.or();
    if (at > 0) code.xor();
  });
  if (shift === undefined) return;
  code.get(local);
  code.shiftRight(shift);
  code.xor();
}

function writeXor(code: WasmFunction, left: number, right: number, target: number): void {
  code.get(left);
  code.get(right);
  code.xor();
  code.set(target);
}

function writeChoice(code: WasmFunction, e: number, f: number, g: number): void {
  code.get(f);
  code.get(g);
  code.xor();
  code.get(e);
  code.and();
  code.get(g);
  code.xor();
}
