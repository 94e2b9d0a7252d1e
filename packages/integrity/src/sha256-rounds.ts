import type { WasmFunction } from './wasm-function.ts';

/** Locals that a block is hashed in. */
export interface BlockLocals {
  /** First of eight vectors: the state, which becomes that after the rounds. */
  readonly state: number;
  /** First of 16 vectors: the words of the block, which are overwritten. */
  readonly words: number;
  readonly scratch: number;
}

/** Words of a block by position; undefined stands for one that is only known at run time, in its local. */
export type Schedule = (number | undefined)[];

// FIPS 180-4, section 4.2.2.
// biome-ignore format: a table
const roundConstants = [
  0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
  0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
  0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
  0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
  0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
  0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
  0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
  0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
];

/** Writes the 64 rounds of a block (FIPS 180-4, section 6.2.2). What is known of the block is computed here. */
export function writeBlock(code: WasmFunction, schedule: Schedule, locals: BlockLocals): void {
  const { state, words, scratch } = locals;
  roundConstants.forEach((constant, round) => {
    if (round >= 16) extendSchedule(code, schedule, round, words);
    const local = (at: number) => state + ((at - round) & 7);
    const [a, b, c, d] = [local(0), local(1), local(2), local(3)];
    const [e, f, g, h] = [local(4), local(5), local(6), local(7)];
    const known = schedule[round & 15];
    code.get(h);
    code.vector((constant + (known ?? 0)) >>> 0);
    code.add();
    if (known === undefined) {
      code.get(words + (round & 15));
      code.add();
    }
    writeChoice(code, e, f, g);
    code.add();
    writeSigma(code, e, [6, 11, 25]);
    code.add();
    code.set(scratch);
    code.get(d);
    code.get(scratch);
    code.add();
    code.set(d);
    writeSigma(code, a, [2, 13, 22]);
    writeMajority(code, a, b, c);
    code.add();
    code.get(scratch);
    code.add();
    code.set(h);
  });
}

function extendSchedule(code: WasmFunction, schedule: Schedule, round: number, words: number): void {
  const terms = [
    { position: round & 15 },
    { position: (round + 1) & 15, sigma: [7, 18], shift: 3 },
    { position: (round + 9) & 15 },
    { position: (round + 14) & 15, sigma: [17, 19], shift: 10 },
  ];
  let known = 0;
  let pushed = 0;
  for (const { position, sigma = [], shift } of terms) {
    const word = schedule[position];
    if (word !== undefined) {
      known += shift === undefined ? word : sigmaOf(word, sigma, shift);
      continue;
    }
    if (shift === undefined) code.get(words + position);
    else writeSigma(code, words + position, sigma, shift);
    if (pushed++ > 0) code.add();
  }
  schedule[round & 15] = pushed === 0 ? known >>> 0 : undefined;
  if (pushed === 0) return;
  code.vector(known >>> 0);
  code.add();
  code.set(words + (round & 15));
}

function sigmaOf(word: number, rotations: readonly number[], shift: number): number {
  const rotated = rotations.reduce((sum, bits) => sum ^ ((word >>> bits) | (word << (32 - bits))), 0);
  return (rotated ^ (word >>> shift)) >>> 0;
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

function writeChoice(code: WasmFunction, e: number, f: number, g: number): void {
  code.get(f);
  code.get(g);
  code.xor();
  code.get(e);
  code.and();
  code.get(g);
  code.xor();
}

function writeMajority(code: WasmFunction, a: number, b: number, c: number): void {
  code.get(a);
  code.get(b);
  code.or();
  code.get(c);
  code.and();
  code.get(a);
  code.get(b);
  code.and();
  code.or();
}
