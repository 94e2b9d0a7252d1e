import { nodeHash } from './hashing.ts';
import { isHash } from './hex.ts';
import { IntegrityError } from './integrity-error.ts';
import { MerkleFrontier } from './merkle-frontier.ts';
import { type LeafRange, perfectSubtrees } from './subtrees.ts';

/**
 * A stretch of leaves of a tree as the roots of its perfect subtrees, left to right in lower-case hex. Neighbours can be
 * merged in any grouping, so parts of a tree can be hashed apart.
 */
export interface CompactRange extends LeafRange {
  readonly hashes: readonly string[];
}

/** Makes the compact range of leaves that begin at a position. */
export function compactRangeOf(begin: number, leafHashes: readonly string[]): CompactRange {
  return leafHashes.reduce<CompactRange>(
    (range, leafHash, offset) =>
      mergeRanges(range, { begin: begin + offset, end: begin + offset + 1, hashes: [leafHash] }),
    { begin, end: begin, hashes: [] },
  );
}

/** Merges a range with the one that follows it. */
export function mergeRanges(left: CompactRange, right: CompactRange): CompactRange {
  const nodes = [left, right].flatMap(({ begin, end, hashes }) => {
    const positions = perfectSubtrees(begin, end);
    if (positions.length !== hashes.length || !hashes.every(isHash)) {
      throw new IntegrityError('malformed', `leaves ${begin} to ${end} have ${positions.length} hashes`);
    }
    return positions.map((position, at) => ({ ...position, hash: hashes[at] ?? '' }));
  });
  if (left.end !== right.begin) {
    throw new IntegrityError('out_of_range', `leaf ${right.begin} does not follow leaf ${left.end}`);
  }
  const merged: typeof nodes = [];
  for (const node of nodes) {
    let current = node;
    for (
      let before = merged.at(-1);
      before !== undefined && areSiblings(before, current);
      before = merged.at(-1)
    ) {
      merged.pop();
      current = {
        level: current.level + 1,
        index: before.index / 2,
        hash: nodeHash(before.hash, current.hash),
      };
    }
    merged.push(current);
  }
  return { begin: left.begin, end: right.end, hashes: merged.map(({ hash }) => hash) };
}

/** Root of the tree that a range from leaf 0 makes up. */
export function rootOfRange(range: CompactRange): string {
  if (range.begin !== 0) throw new IntegrityError('out_of_range', 'a root covers all leaves from 0 on');
  return MerkleFrontier.restore({ size: range.end, hashes: range.hashes }).root();
}

type Positioned = { readonly level: number; readonly index: number };

function areSiblings(left: Positioned, right: Positioned): boolean {
  return left.level === right.level && left.index % 2 === 0 && left.index + 1 === right.index;
}
