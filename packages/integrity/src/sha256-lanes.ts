import {
  roundConstants,
  roundsWritten,
  scheduleWithConstants,
  writeExtension,
  writeRounds,
} from './sha256-rounds.ts';
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

// Addresses behind the nodes: constants of the rounds, and schedules of all the last blocks there are.
const constantsAt = firstNode + nodesMax * nodeBytes;
const schedulesAt = constantsAt + 4 * roundConstants.length;
const scheduleBytes = 4 * roundConstants.length;
const memoryBytes = schedulesAt + 256 * scheduleBytes;

// Locals of the function: parameters, further numbers, then vectors.
const source = 0;
const target = 1;
const groups = 2;
const constants = 3;
const rest = 4;
const schedules = 5;
const state = 9;
const words = 17;
const loaded = 33;
const scratch = 37;
const middleState = 40;
const numbers = 6;
const vectors = 39;
const locals = { state, words, scratch };

// Bytes of two vectors, chosen to transpose four vectors of four numbers in two steps, the second as it is or turning big-endian.
const interleaveLow = [0, 1, 2, 3, 16, 17, 18, 19, 4, 5, 6, 7, 20, 21, 22, 23];
const interleaveHigh = interleaveLow.map((byte) => byte + 8);
const joins = [0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23];
const turningJoins = [3, 2, 1, 0, 7, 6, 5, 4, 19, 18, 17, 16, 23, 22, 21, 20];

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

// Through unknown, since a program with the types of browsers knows WebAssembly by other ones.
const { WebAssembly: engine } = globalThis as unknown as { readonly WebAssembly?: Engine };

/**
 * Makes WebAssembly that hashes four inner nodes at a time, one in each quarter of a vector. For inputs this short the calls
 * into the engine's SHA-256 cost more than the hashing. Undefined where an engine allows no WebAssembly.
 */
export function createNodeLanes(): NodeLanes | undefined {
  const exports = safeInstantiate();
  if (exports === undefined) return undefined;
  const { memory, run } = exports;
  fillTables(new DataView(memory.buffer));
  return {
    memory: new Uint8Array(memory.buffer),
    // A parent is written after the children it stands over were read.
    hashParents: (parents) => run(firstNode, firstNode, parents / lanes),
  };
}

function safeInstantiate(): InstanceType<Engine['Instance']>['exports'] | undefined {
  if (engine === undefined) return undefined;
  try {
    return new engine.Instance(new engine.Module(writeModule())).exports;
  } catch {
    // A content security policy may forbid it, and an engine may lack vectors: there is another way to hash.
    return undefined;
  }
}

function fillTables(memory: DataView): void {
  const write = (at: number, values: Iterable<number>) => {
    let offset = at;
    for (const value of values) {
      memory.setUint32(offset, value, true);
      offset += 4;
    }
  };
  write(constantsAt, roundConstants);
  for (let byte = 0; byte < 256; byte++) {
    const block = [(byte << 24) | 0x00800000, ...new Array<number>(14).fill(0), nodeInputBits];
    write(schedulesAt + byte * scheduleBytes, scheduleWithConstants(block));
  }
}

function writeModule(): Uint8Array<ArrayBuffer> {
  const code = new WasmFunction();
  code.while(groups, () => {
    writeHash(code);
    advance(code, source, 2 * lanes * nodeBytes);
    advance(code, target, lanes * nodeBytes);
    advance(code, groups, -1);
  });
  return code.toModule({ numbers, vectors, memoryBytes });
}

function advance(code: WasmFunction, local: number, by: number): void {
  code.get(local);
  code.i32(by);
  code.raw(0x6a);
  code.set(local);
}

/**
 * The input of a node is 0x01 and 64 bytes: one block of 64 bytes, and one of which only the first byte is not known, so
 * that there are 256 schedules for it, which are all computed before.
 */
function writeHash(code: WasmFunction): void {
  // The byte before the children is read in the place of 0x01.
  advance(code, source, -1);
  writeFirstBlock(code);
  for (let at = 0; at < initialState.length; at++) {
    code.get(state + at);
    code.vector(initialState[at] ?? 0);
    code.add();
    code.set(middleState + at);
    code.get(middleState + at);
    code.set(state + at);
  }
  writeLastBlock(code);
  for (let at = 0; at < initialState.length; at++) {
    code.get(state + at);
    code.get(middleState + at);
    code.add();
    code.set(state + at);
  }
  for (let word = 0; word < initialState.length; word += lanes) writeWords(code, word);
  advance(code, source, 1);
}

function writeFirstBlock(code: WasmFunction): void {
  for (let word = 0; word < 16; word += lanes) {
    for (let lane = 0; lane < lanes; lane++) {
      code.load(source, word * 4 + lane * 2 * nodeBytes);
      code.set(loaded + lane);
    }
    readTransposed(code, word, turningJoins);
  }
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
  code.i32(constantsAt);
  code.set(constants);
  writeRounds(code, locals, constants);
  code.i32(roundConstants.length / roundsWritten - 1);
  code.set(rest);
  code.while(rest, () => {
    advance(code, constants, 4 * roundsWritten);
    writeExtension(code, locals);
    writeRounds(code, locals, constants);
    advance(code, rest, -1);
  });
}

function writeLastBlock(code: WasmFunction): void {
  for (let lane = 0; lane < lanes; lane++) {
    code.loadByte(source, 2 * nodeBytes * (lane + 1));
    code.i32(scheduleBytes);
    code.multiply();
    code.set(schedules + lane);
  }
  code.i32(roundConstants.length / roundsWritten);
  code.set(rest);
  code.while(rest, () => {
    for (let word = 0; word < 16; word += lanes) {
      for (let lane = 0; lane < lanes; lane++) {
        code.load(schedules + lane, schedulesAt + word * 4);
        code.set(loaded + lane);
      }
      readTransposed(code, word, joins);
    }
    writeRounds(code, locals);
    for (let lane = 0; lane < lanes; lane++) advance(code, schedules + lane, 4 * roundsWritten);
    advance(code, rest, -1);
  });
}

/** Puts the same word of the four inputs, of which four words each were loaded, into one vector. */
function readTransposed(code: WasmFunction, word: number, join: readonly number[]): void {
  transpose(code, loaded, join, (at, push) => {
    push();
    code.set(words + word + at);
  });
}

/** Writes four words of each of the four hashes. */
function writeWords(code: WasmFunction, word: number): void {
  transpose(code, state + word, turningJoins, (lane, push) => {
    code.get(target);
    push();
    code.store(lane * nodeBytes + word * 4);
  });
}

function transpose(
  code: WasmFunction,
  first: number,
  join: readonly number[],
  take: (at: number, push: () => void) => void,
): void {
  [interleaveLow, interleaveHigh].forEach((interleave, half) => {
    for (const pair of [0, 1]) {
      code.shuffle(first + 2 * pair, first + 2 * pair + 1, interleave);
      code.set(scratch + pair);
    }
    for (const pair of [0, 1]) {
      const bytes = join.map((byte) => byte + 8 * pair);
      take(2 * half + pair, () => code.shuffle(scratch, scratch + 1, bytes));
    }
  });
}
