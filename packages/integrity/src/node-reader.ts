import { nodeHash } from './hashing.ts';
import { isHash } from './hex.ts';
import { IntegrityError } from './integrity-error.ts';
import { type LeafRange, type NodePosition, perfectSubtrees } from './subtrees.ts';

/**
 * Reads hashes of perfect subtrees, in the order asked for, in lower-case hex. A proof asks once for all the nodes it
 * needs, so that a database answers with one statement and a client fetches its tiles at the same time.
 */
export type NodeReader = (nodes: readonly NodePosition[]) => readonly string[] | Promise<readonly string[]>;

/** Reads the roots of subtrees of a tree, also of those at its edge, which are put together from perfect ones. */
export async function readSubtrees(ranges: readonly LeafRange[], readNodes: NodeReader): Promise<string[]> {
  const parts = ranges.map(({ begin, end }) => perfectSubtrees(begin, end));
  const wanted = parts.flat();
  const hashes = wanted.length === 0 ? [] : await readNodes(wanted);
  if (hashes.length !== wanted.length || !hashes.every(isHash)) {
    throw new IntegrityError('malformed', `the reader of nodes must answer ${wanted.length} hashes`);
  }
  return inParts(
    hashes,
    parts.map(({ length }) => length),
  ).map(foldRight);
}

/** Cuts a list into parts of these lengths. */
export function inParts<Value>(values: readonly Value[], lengths: readonly number[]): Value[][] {
  let at = 0;
  return lengths.map((length) => {
    at += length;
    return values.slice(at - length, at);
  });
}

/** Root over perfect subtrees of falling size (RFC 6962, section 2.1). */
function foldRight(hashes: readonly string[]): string {
  return hashes.reduceRight((right, left) => nodeHash(left, right));
}
