import { allocate, hexInto, reduceNodes, sha256Into } from '#sha256';
import { hashBytes } from './hashing.ts';
import { hexOfBytes, isHash } from './hex.ts';
import { IntegrityError } from './integrity-error.ts';
import { isTreeSize, perfectSubtrees } from './subtrees.ts';

const levelsMax = 54;
// Leaves that are hashed together up to their root, which takes less than two thirds of the time.
const batchLevel = 8;
const batchLeaves = 2 ** batchLevel;
const noHashes = new Uint8Array();
const nodeBytes = 1 + 2 * hashBytes;

/** What a {@link MerkleFrontier} knows, to be kept and restored: at most 53 hashes. */
export interface FrontierState {
  /** Number of leaves. */
  readonly size: number;
  /** Roots of the perfect subtrees that the leaves make up, left to right, in lower-case hex. */
  readonly hashes: readonly string[];
}

/**
 * The right edge of a growing Merkle tree (RFC 6962, section 2.1): all that is needed to append leaves and to compute the
 * root. Appending costs one node hash a leaf on average and keeps no leaf.
 */
export class MerkleFrontier {
  #size = 0;
  // For each level the input of a node hash, 0x01 and two children; the left one is there when the size has that bit.
  readonly #inputs = Array.from({ length: levelsMax }, () => {
    const input = allocate(nodeBytes);
    input[0] = 1;
    return input;
  });
  readonly #scratch = allocate(hashBytes);
  // The last leaves, while they are part of a batch that is not complete.
  #batch: ReturnType<typeof allocate> | undefined;
  #batched = 0;

  /** Number of leaves. */
  get size(): number {
    return this.#size;
  }

  /** Appends the hash of a leaf. */
  append(leaf: string): void {
    this.appendSubtree(0, leaf);
  }

  /** Appends leaves by their hashes, one after the other in `hashes`, 32 bytes each. */
  appendBytes(hashes: Uint8Array, begin = 0, end: number = hashes.length): void {
    for (let at = begin; at < end; ) {
      const isBatch = this.#batched > 0 || (this.#size & (batchLeaves - 1)) === 0;
      if (isBatch) at += this.#appendToBatch(hashes, at, end);
      else {
        this.#appendLeaf(hashes, at);
        at += hashBytes;
      }
    }
  }

  /** Appends 2^level leaves by the root over them; the size must be a multiple of their number. */
  appendSubtree(level: number, hash: string): void {
    if (!isHash(hash)) throw new IntegrityError('malformed', 'a hash is 64 lower-case hex digits');
    this.#endBatch();
    const width = 2 ** level;
    if (this.#size % width !== 0 || !isTreeSize(this.#size + width)) {
      throw new IntegrityError(
        'out_of_range',
        `a subtree of ${width} leaves cannot follow leaf ${this.#size}`,
      );
    }
    const index = this.#size / width;
    hexInto(hash, this.#input(level), slotOf(index));
    this.#size += width;
    this.#carry(level, index);
  }

  /**
   * Root of the tree. With `tail` the root of the larger tree whose remaining leaves, a subtree of it, have that root.
   */
  root(tail?: string): string {
    this.#endBatch();
    if (tail !== undefined) hexInto(tail, this.#scratch, 0);
    else if (this.#size === 0) sha256Into(this.#scratch.subarray(0, 0), this.#scratch, 0);
    let rest = this.#size;
    let started = tail !== undefined || rest === 0;
    for (let level = 0; rest > 0; level++, rest = Math.floor(rest / 2)) {
      if (rest % 2 === 0) continue;
      const input = this.#input(level);
      if (started) {
        input.set(this.#scratch, 1 + hashBytes);
        sha256Into(input, this.#scratch, 0);
      } else {
        this.#scratch.set(input.subarray(1, 1 + hashBytes));
        started = true;
      }
    }
    return hexOfBytes(this.#scratch);
  }

  /** What is needed to go on later. */
  state(): FrontierState {
    this.#endBatch();
    const hashes = perfectSubtrees(0, this.#size).map(({ level }) =>
      hexOfBytes(this.#input(level).subarray(1, 1 + hashBytes)),
    );
    return { size: this.#size, hashes };
  }

  /** A frontier that goes on where another was when its state was taken. */
  static restore(state: FrontierState): MerkleFrontier {
    if (!isTreeSize(state.size)) throw new IntegrityError('out_of_range', `no tree has ${state.size} leaves`);
    const subtrees = perfectSubtrees(0, state.size);
    if (subtrees.length !== state.hashes.length) {
      throw new IntegrityError('malformed', `a tree of ${state.size} leaves has ${subtrees.length} hashes`);
    }
    const frontier = new MerkleFrontier();
    subtrees.forEach(({ level }, position) => {
      frontier.appendSubtree(level, state.hashes[position] ?? '');
    });
    return frontier;
  }

  #appendLeaf(hashes: Uint8Array, at: number): void {
    copyHash(hashes, at, this.#input(0), slotOf(this.#size));
    const index = this.#size++;
    this.#carry(0, index);
  }

  /** Appends as many leaves as the batch still takes; how many bytes. */
  #appendToBatch(hashes: Uint8Array, begin: number, end: number): number {
    this.#batch ??= allocate(batchLeaves * hashBytes);
    const taken = Math.min(end - begin, (batchLeaves - this.#batched) * hashBytes);
    this.#batch.set(hashes.subarray(begin, begin + taken), this.#batched * hashBytes);
    this.#size += taken / hashBytes;
    this.#batched += taken / hashBytes;
    if (this.#batched === batchLeaves) this.#reduceBatch(this.#batch);
    return taken;
  }

  #reduceBatch(batch: ReturnType<typeof allocate>): void {
    reduceNodes(batch, batchLeaves);
    const index = this.#size / batchLeaves - 1;
    copyHash(batch, 0, this.#input(batchLevel), slotOf(index));
    this.#batched = 0;
    this.#carry(batchLevel, index);
  }

  /** Appends the leaves of a batch that is not complete one by one. */
  #endBatch(): void {
    const leaves = this.#batched;
    this.#batched = 0;
    this.#size -= leaves;
    for (let leaf = 0; leaf < leaves; leaf++) this.#appendLeaf(this.#batch ?? noHashes, leaf * hashBytes);
  }

  #input(level: number): ReturnType<typeof allocate> {
    const input = this.#inputs[level];
    if (input === undefined) throw new IntegrityError('out_of_range', `no tree has level ${level}`);
    return input;
  }

  // Called when the node `index` of `level` has been written into its slot: a right child completes its parent.
  #carry(level: number, index: number): void {
    let child = index;
    for (let at = level; isRight(child); at++) {
      child = parentOf(child);
      sha256Into(this.#input(at), this.#input(at + 1), slotOf(child));
    }
  }
}

function copyHash(source: Uint8Array, at: number, target: Uint8Array, offset: number): void {
  if (at === 0 && source.length === hashBytes) target.set(source, offset);
  else for (let byte = 0; byte < hashBytes; byte++) target[offset + byte] = source[at + byte] ?? 0;
}

// Bitwise operators are several times faster than division, but hold for 31 bits only.
const bitwiseMax = 0x7fffffff;

function isRight(index: number): boolean {
  return index <= bitwiseMax ? (index & 1) === 1 : index % 2 === 1;
}

function parentOf(index: number): number {
  return index <= bitwiseMax ? index >>> 1 : Math.floor(index / 2);
}

function slotOf(index: number): number {
  return isRight(index) ? 1 + hashBytes : 1;
}
