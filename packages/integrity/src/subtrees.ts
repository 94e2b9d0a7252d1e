/** Leaves `begin` to `end - 1` of a tree. */
export interface LeafRange {
  readonly begin: number;
  readonly end: number;
}

/** A node over 2^level leaves, from leaf `index * 2^level` on. */
export interface NodePosition {
  readonly level: number;
  readonly index: number;
}

/** Tells whether a tree can have so many leaves: numbers above 2^53 - 1 are not exact in JavaScript. */
export function isTreeSize(size: unknown): size is number {
  return Number.isSafeInteger(size) && (size as number) >= 0;
}

/** Largest power of two below `size`, which must be 2 or more: `k` of RFC 6962, section 2.1. */
export function splitPoint(size: number): number {
  let half = 1;
  while (half * 2 < size) half *= 2;
  return half;
}

/** Covers a range of leaves by as few perfect subtrees as possible, left to right: a compact range. */
export function perfectSubtrees(begin: number, end: number): NodePosition[] {
  const nodes: NodePosition[] = [];
  for (let at = begin; at < end; ) {
    const node = largestAt(at, end);
    nodes.push(node);
    at = (node.index + 1) * 2 ** node.level;
  }
  return nodes;
}

function largestAt(begin: number, end: number): NodePosition {
  let level = 0;
  let index = begin;
  while (index % 2 === 0 && (index + 2) * 2 ** level <= end) {
    level++;
    index /= 2;
  }
  return { level, index };
}

/**
 * Covers a range of leaves of a tree by as few of its subtrees as possible, left to right. Those are perfect, except one
 * at the tree's right edge (RFC 6962, section 2.1: `D[k:n]`).
 */
export function coveringSubtrees(range: LeafRange, size: number): LeafRange[] {
  const covered: LeafRange[] = [];
  for (let at = range.begin; at < range.end; ) {
    const end = range.end === size && isEdge(at, size) ? size : endOf(largestAt(at, range.end));
    covered.push({ begin: at, end });
    at = end;
  }
  return covered;
}

/** Whether the leaves from `begin` on are one subtree of a tree of `size` leaves. */
function isEdge(begin: number, size: number): boolean {
  let edge = 0;
  while (edge < begin) {
    const width = splitPoint(size - edge);
    if (size - edge < 2 || edge + width > begin) return false;
    edge += width;
  }
  return edge === begin;
}

/** The node whose leaves a perfect range is, or undefined for one at the tree's edge. */
export function nodeOf({ begin, end }: LeafRange): NodePosition | undefined {
  const node = largestAt(begin, end);
  return endOf(node) === end ? node : undefined;
}

function endOf({ level, index }: NodePosition): number {
  return (index + 1) * 2 ** level;
}
