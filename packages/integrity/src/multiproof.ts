import { isHash } from './hex.ts';
import { IntegrityError } from './integrity-error.ts';
import { MerkleFrontier } from './merkle-frontier.ts';
import { inParts, type NodeReader, readSubtrees } from './node-reader.ts';
import { type Failure, failureAt, type Report, reportOne } from './report.ts';
import { coveringSubtrees, isTreeSize, type LeafRange, nodeOf } from './subtrees.ts';

/** What a multiproof is about: these leaves, and no others of those between them, are not in the proof's subtrees. */
export interface MultiproofClaim {
  readonly size: number;
  readonly root: string;
  /** Positions, ascending, and hashes of the leaves. */
  readonly leaves: readonly { readonly index: number; readonly leafHash: string }[];
}

/**
 * Makes one proof for any set of leaves: the roots of the largest subtrees without a chosen leaf, left to right. For one
 * leaf these are the hashes of its audit path in another order; for a whole range about two for each level.
 * @param indexes ascending, without repetition
 */
export async function proveMultiple(
  indexes: readonly number[],
  size: number,
  readNodes: NodeReader,
): Promise<string[]> {
  const gaps = gapsBetween(indexes, size);
  if (gaps === undefined) {
    throw new IntegrityError('out_of_range', 'indexes must ascend and be below the size of the tree');
  }
  return readSubtrees(
    gaps.flatMap((gap) => coveringSubtrees(gap, size)),
    readNodes,
  );
}

/** Verifies a multiproof. It costs at most two hashes for a leaf and one for each hash of the proof. */
export function verifyMultiple(claim: MultiproofClaim, proof: readonly string[]): Report {
  const statement = `${claim.leaves.length} leaves are in the tree of ${claim.size}`;
  return reportOne(statement, multiproofFailure(claim, proof));
}

function multiproofFailure(claim: MultiproofClaim, proof: readonly string[]): Failure | undefined {
  const { leaves, size } = claim;
  const gaps = gapsBetween(
    leaves.map(({ index }) => index),
    size,
  );
  if (gaps === undefined) return failureAt('index_out_of_range', 'indexes must ascend and be in the tree');
  const needed = gaps.map((gap) => coveringSubtrees(gap, size).length);
  const total = needed.reduce((sum, count) => sum + count, 0);
  if (proof.length !== total || ![...proof, ...leaves.map(({ leafHash }) => leafHash)].every(isHash)) {
    return failureAt('malformed_proof', `the proof must have ${total} hashes`);
  }
  const tree = new PartialTree(size);
  inParts(proof, needed).forEach((hashes, position) => {
    tree.skipTo(gaps[position]?.end ?? size, hashes);
    const leaf = leaves[position];
    if (leaf !== undefined) tree.append(leaf.leafHash);
  });
  const root = tree.root();
  return root === claim.root ? undefined : failureAt('root_mismatch', `the proof leads to root ${root}`);
}

/** The stretches of leaves that are not chosen: before each chosen one and after the last. */
function gapsBetween(indexes: readonly number[], size: number): LeafRange[] | undefined {
  if (!isTreeSize(size)) return undefined;
  let begin = 0;
  const gaps: LeafRange[] = [];
  for (const index of indexes) {
    if (!isTreeSize(index) || index < begin || index >= size) return undefined;
    gaps.push({ begin, end: index });
    begin = index + 1;
  }
  gaps.push({ begin, end: size });
  return gaps;
}

/** A tree of known size that is built from left to right, of chosen leaves and of the subtrees between them. */
export class PartialTree {
  readonly size: number;
  readonly frontier: MerkleFrontier;
  #tail: string | undefined;

  constructor(size: number, frontier: MerkleFrontier = new MerkleFrontier()) {
    this.size = size;
    this.frontier = frontier;
  }

  /** Position of the next leaf. */
  get next(): number {
    return this.#tail === undefined ? this.frontier.size : this.size;
  }

  /** How many hashes {@link skipTo} takes. */
  hashesUntil(index: number): number {
    return coveringSubtrees({ begin: this.next, end: index }, this.size).length;
  }

  /** Appends the subtrees up to a leaf, or up to the end. There must be {@link hashesUntil} hashes. */
  skipTo(index: number, hashes: readonly string[]): void {
    coveringSubtrees({ begin: this.next, end: index }, this.size).forEach((subtree, position) => {
      const node = nodeOf(subtree);
      const hash = hashes[position] ?? '';
      if (node === undefined) this.#tail = hash;
      else this.frontier.appendSubtree(node.level, hash);
    });
  }

  /** Appends a chosen leaf. */
  append(leafHash: string): void {
    this.frontier.append(leafHash);
  }

  /** Root, once every leaf is covered. */
  root(): string {
    return this.frontier.root(this.#tail);
  }
}
