import { writeBlock } from './sha256-rounds.ts';
import { WasmFunction } from './wasm-function.ts';

/** SHA-256 of several inner nodes at the same time. */
export interface NodeLanes {
  /** Nodes are read and written here, from {@link firstNode} on. */
  readonly memory: Uint8Array;
  /**
   * Replaces nodes, 32 bytes each, by their parents.
   * @param parents a multiple of four
   */
  readonly hashParents: (parents: number) => void;
}

/** Where the first node begins in the memory of {@link NodeLanes}. */
export const firstNode = 64;

/** Nodes that fit into the memory of {@link NodeLanes}. */
export const nodesMax = 1024;

const lanes = 4;
const nodeBytes = 32;
const nodeInputBits = 520;

// FIPS 180-4, section 5.3.3.
// biome-ignore format: a table
const initialState = [
  0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
];

// Locals of the function: parameters, then vectors.
const source = 0;
const target = 1;
const groups = 2;
const state = 3;
const words = 11;
const scratch = 27;
const middleState = 29;
const vectors = 34;
const locals = { state, words, scratch };

// Bytes of two vectors, chosen to transpose four vectors of four numbers in two steps, the second turning big-endian.
const interleaveLow = [0, 1, 2, 3, 16, 17, 18, 19, 4, 5, 6, 7, 20, 21, 22, 23];
const interleaveHigh = interleaveLow.map((byte) => byte + 8);
const joinLow = [3, 2, 1, 0, 7, 6, 5, 4, 19, 18, 17, 16, 23, 22, 21, 20];
const joinHigh = joinLow.map((byte) => byte + 8);

/** What is used of WebAssembly, for which the compiler has types of browsers only. */
interface Engine {
  readonly Module: new (code: Uint8Array) => object;
  readonly Instance: new (
    module: object,
  ) => {
    readonly exports: {
      readonly memory: { readonly buffer: ArrayBuffer };
      readonly run: (source: number, target: number, groups: number) => void;
    };
  };
}

const { WebAssembly: engine } = globalThis as { readonly WebAssembly?: Engine };

/**
 * Makes WebAssembly that hashes four inner nodes at a time, one in each quarter of a vector. For inputs this short the calls
 * into the engine's SHA-256 cost more than the hashing. Undefined where an engine allows no WebAssembly.
 */
export function createNodeLanes(): NodeLanes | undefined {
  if (engine === undefined) return undefined;
  const { memory, run } = new engine.Instance(new engine.Module(writeModule())).exports;
  return {
    memory: new Uint8Array(memory.buffer),
    // A parent is written after the children it stands over were read.
    hashParents: (parents) => run(firstNode, firstNode, parents / lanes),
  };
}

function writeModule(): Uint8Array<ArrayBuffer> {
  const code = new WasmFunction();
  code.raw(0x02, 0x40, 0x03, 0x40);
  code.get(groups);
  code.raw(0x45, 0x0d, 1);
  writeHash(code);
  advance(code, source, 2 * lanes * nodeBytes);
  advance(code, target, lanes * nodeBytes);
  advance(code, groups, -1);
  code.raw(0x0c, 0, 0x0b, 0x0b);
  return code.toModule(vectors);
}

function advance(code: WasmFunction, local: number, by: number): void {
  code.get(local);
  code.i32(by);
  code.raw(0x6a);
  code.set(local);
}

/** The input of a node is 0x01 and 64 bytes: one block of 64 bytes and one of which only the first byte is not known. */
function writeHash(code: WasmFunction): void {
  // The byte before the children is read in the place of 0x01.
  advance(code, source, -1);
  for (let word = 0; word < 16; word += lanes) readWords(code, word);
  code.get(words);
  code.vector(0x00ffffff);
  code.and();
  code.vector(0x01000000);
  code.or();
  code.set(words);
  initialState.forEach((value, at) => {
    code.vector(value);
    code.set(state + at);
  });
  writeBlock(code, new Array(16).fill(undefined), locals);
  initialState.forEach((value, at) => {
    code.get(state + at);
    code.vector(value);
    code.add();
    code.set(state + at);
    code.get(state + at);
    code.set(middleState + at);
  });
  code.vector(0);
  for (let lane = 0; lane < lanes; lane++) code.replaceByByte(lane, source, 2 * nodeBytes * (lane + 1));
  code.shiftLeft(24);
  code.vector(0x00800000);
  code.or();
  code.set(words);
  writeBlock(code, [undefined, ...new Array<number>(14).fill(0), nodeInputBits], locals);
  for (let at = 0; at < initialState.length; at++) {
    code.get(state + at);
    code.get(middleState + at);
    code.add();
    code.set(state + at);
  }
  for (let word = 0; word < initialState.length; word += lanes) writeWords(code, word);
  advance(code, source, 1);
}

/** Reads four words of each of the four inputs, and puts the same word of all inputs into one vector. */
function readWords(code: WasmFunction, word: number): void {
  for (let lane = 0; lane < lanes; lane++) {
    code.load(source, word * 4 + lane * 2 * nodeBytes);
    code.set(state + lane);
  }
  const transposed = [words + word, words + word + 1, words + word + 2, words + word + 3];
  transpose(code, state, (at, push) => {
    push();
    code.set(transposed[at] ?? 0);
  });
}

/** Writes four words of each of the four hashes. */
function writeWords(code: WasmFunction, word: number): void {
  transpose(code, state + word, (lane, push) => {
    code.get(target);
    push();
    code.store(lane * nodeBytes + word * 4);
  });
}

function transpose(code: WasmFunction, first: number, take: (at: number, push: () => void) => void): void {
  [interleaveLow, interleaveHigh].forEach((interleave, half) => {
    for (const pair of [0, 1]) {
      code.shuffle(first + 2 * pair, first + 2 * pair + 1, interleave);
      code.set(scratch + pair);
    }
    take(2 * half, () => code.shuffle(scratch, scratch + 1, joinLow));
    take(2 * half + 1, () => code.shuffle(scratch, scratch + 1, joinHigh));
  });
}
