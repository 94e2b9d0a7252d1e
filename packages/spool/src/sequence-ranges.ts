/** Sequences from one up to another, which is not part of it. */
export interface SequenceRange {
  readonly from: number;
  readonly to: number;
}

/** What of some ranges is in none of the others. Both are ordered by their beginning; those of one list may overlap. */
export function subtractRanges(
  ranges: readonly SequenceRange[],
  others: readonly SequenceRange[],
): SequenceRange[] {
  const rest: SequenceRange[] = [];
  let doneTo = 0;
  for (const { from, to } of ranges) {
    let at = Math.max(from, doneTo);
    for (const other of others) {
      if (at >= to || other.from >= to) break;
      if (other.from > at) rest.push({ from: at, to: other.from });
      at = Math.max(at, other.to);
    }
    if (at < to) rest.push({ from: at, to });
    doneTo = Math.max(doneTo, to);
  }
  return rest;
}
