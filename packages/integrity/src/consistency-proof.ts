import { nodeHash } from './hashing.ts';
import { isHash } from './hex.ts';
import { IntegrityError } from './integrity-error.ts';
import { type NodeReader, readSubtrees } from './node-reader.ts';
import { type Failure, failureAt, type Report, reportOne } from './report.ts';
import { isTreeSize, type LeafRange, splitPoint } from './subtrees.ts';

/** What a consistency proof is about. Hashes are lower-case hex. */
export interface ConsistencyClaim {
  readonly oldSize: number;
  readonly oldRoot: string;
  readonly size: number;
  readonly root: string;
}

/** Makes the proof that a tree only grew (RFC 6962, section 2.1.2; RFC 9162, section 2.1.4.1). From nothing it is empty. */
export async function proveConsistency(
  oldSize: number,
  size: number,
  readNodes: NodeReader,
): Promise<string[]> {
  if (!isTreeSize(size) || !isTreeSize(oldSize) || oldSize > size) {
    throw new IntegrityError('out_of_range', `a tree of ${oldSize} leaves does not grow to ${size}`);
  }
  return readSubtrees(consistencyPath(oldSize, size), readNodes);
}

/** Verifies a consistency proof (RFC 9162, section 2.1.4.2). Every tree is consistent with the empty one. */
export function verifyConsistency(claim: ConsistencyClaim, proof: readonly string[]): Report {
  const statement = `the tree of ${claim.oldSize} is the beginning of the tree of ${claim.size}`;
  return reportOne(statement, consistencyFailure(claim, proof));
}

function consistencyFailure(claim: ConsistencyClaim, proof: readonly string[]): Failure | undefined {
  const { oldSize, size, oldRoot, root } = claim;
  if (!isTreeSize(size) || !isTreeSize(oldSize)) {
    return failureAt('index_out_of_range', `no tree has ${oldSize} or ${size} leaves`);
  }
  if (oldSize > size) return failureAt('size_decreased', `the tree shrank from ${oldSize} to ${size}`);
  const path = consistencyPath(oldSize, size);
  if (proof.length !== path.length || ![...proof, oldRoot, root].every(isHash)) {
    return failureAt('malformed_proof', `the proof must have ${path.length} hashes`);
  }
  if (oldSize === 0) return undefined;
  if (oldSize === size) {
    return oldRoot === root
      ? undefined
      : failureAt('root_mismatch', `two trees of ${size} leaves have different roots`);
  }
  const roots = rootsOf(path, proof, claim);
  if (roots.old !== oldRoot) return failureAt('root_mismatch', `the proof leads to old root ${roots.old}`);
  if (roots.new !== root) return failureAt('root_mismatch', `the proof leads to root ${roots.new}`);
  return undefined;
}

/** Computes both roots: what begins below the old size belongs to the old tree, the rest only to the new one. */
function rootsOf(
  path: readonly LeafRange[],
  proof: readonly string[],
  { oldSize, oldRoot }: ConsistencyClaim,
): { readonly old: string; readonly new: string } {
  const known = path[0]?.end === oldSize && path[0].begin < oldSize;
  // A proof from a size that is a power of two leaves the old root out: the verifier has it.
  const start = known ? (proof[0] ?? '') : oldRoot;
  let old = start;
  let current = start;
  for (let step = known ? 1 : 0; step < path.length; step++) {
    const hash = proof[step] ?? '';
    if ((path[step]?.begin ?? 0) < oldSize) {
      old = nodeHash(hash, old);
      current = nodeHash(hash, current);
    } else {
      current = nodeHash(current, hash);
    }
  }
  return { old, new: current };
}

/** SUBPROOF of RFC 6962, section 2.1.2, lowest subtree first. */
function consistencyPath(oldSize: number, size: number): LeafRange[] {
  if (oldSize === 0 || oldSize === size) return [];
  const path: LeafRange[] = [];
  let begin = 0;
  let end = size;
  while (end !== oldSize) {
    const middle = begin + splitPoint(end - begin);
    if (oldSize <= middle) {
      path.push({ begin: middle, end });
      end = middle;
    } else {
      path.push({ begin, end: middle });
      begin = middle;
    }
  }
  if (begin > 0) path.push({ begin, end });
  return path.reverse();
}
