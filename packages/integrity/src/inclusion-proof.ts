import { nodeHash } from './hashing.ts';
import { isHash } from './hex.ts';
import { IntegrityError } from './integrity-error.ts';
import { type NodeReader, readSubtrees } from './node-reader.ts';
import { type Failure, failureAt, type Report, reportOne } from './report.ts';
import { isTreeSize, type LeafRange, splitPoint } from './subtrees.ts';

/** What an inclusion proof is about. Hashes are lower-case hex. */
export interface InclusionClaim {
  /** Position of the leaf, from 0. */
  readonly index: number;
  /** Number of leaves of the tree. */
  readonly size: number;
  readonly leafHash: string;
  readonly root: string;
}

/** Makes the proof that a leaf is in a tree: its audit path (RFC 6962, section 2.1.1; RFC 9162, section 2.1.3.1). */
export async function proveInclusion(index: number, size: number, readNodes: NodeReader): Promise<string[]> {
  if (!isLeafOf(index, size)) throw new IntegrityError('out_of_range', `leaf ${index} of ${size}`);
  return readSubtrees(auditPath(index, size), readNodes);
}

/** Verifies an inclusion proof (RFC 9162, section 2.1.3.2). The proof is not trusted: whatever it is, a report comes. */
export function verifyInclusion(claim: InclusionClaim, proof: readonly string[]): Report {
  return reportOne(`leaf ${claim.index} is in the tree of ${claim.size}`, inclusionFailure(claim, proof));
}

function inclusionFailure(claim: InclusionClaim, proof: readonly string[]): Failure | undefined {
  const { index, size } = claim;
  if (!isLeafOf(index, size)) {
    return failureAt('index_out_of_range', `a tree of ${size} leaves has no leaf ${index}`);
  }
  const path = auditPath(index, size);
  if (proof.length !== path.length || ![...proof, claim.leafHash, claim.root].every(isHash)) {
    return failureAt('malformed_proof', `the proof must have ${path.length} hashes`, { sequence: index });
  }
  const root = path.reduce(
    (hash, { begin }, step) =>
      begin > index ? nodeHash(hash, proof[step] ?? '') : nodeHash(proof[step] ?? '', hash),
    claim.leafHash,
  );
  if (root === claim.root) return undefined;
  return failureAt('root_mismatch', `the proof leads to root ${root}`, { sequence: index });
}

/** The siblings on the way from a leaf to the root, lowest first. */
function auditPath(index: number, size: number): LeafRange[] {
  const path: LeafRange[] = [];
  for (let begin = 0, end = size; end - begin > 1; ) {
    const middle = begin + splitPoint(end - begin);
    if (index < middle) {
      path.push({ begin: middle, end });
      end = middle;
    } else {
      path.push({ begin, end: middle });
      begin = middle;
    }
  }
  return path.reverse();
}

function isLeafOf(index: number, size: number): boolean {
  return isTreeSize(size) && isTreeSize(index) && index < size;
}
