import { sha256Hex } from '#sha256';
import { IntegrityError } from './integrity-error.ts';
import { isTreeSize } from './subtrees.ts';

/** Which records to choose: `size` of those from `begin` up to, not including, `end`. */
export interface SampleRequest {
  /** Any text; the same text gives the same records to everybody. */
  readonly seed: string;
  readonly size: number;
  readonly begin: number;
  readonly end: number;
}

const drawDigits = 12;
const draws = 16 ** drawDigits;

/**
 * Chooses records for a sample, ascending. Everybody can repeat it, and each record is as likely as any other:
 *
 * For i = 0, 1, 2, … take the SHA-256 of the UTF-8 text `audit-sample/1`, newline, the seed, newline, i in decimal; read its
 * first 6 bytes as a big-endian number x. With n = end - begin, skip x when it is not below the largest multiple of n up to
 * 2^48, so that no remainder is more likely than another. Otherwise choose record begin + (x mod n), unless it is chosen
 * already. Stop when there are as many as wanted. When more than half of n is wanted, those to leave out are chosen so.
 */
export function chooseSample({ seed, size, begin, end }: SampleRequest): number[] {
  const count = end - begin;
  if (![begin, end, size].every(isTreeSize) || size > count || count > draws || !seed.isWellFormed()) {
    throw new IntegrityError('out_of_range', `${size} records cannot be chosen of ${begin} to ${end}`);
  }
  const isComplement = size > count / 2;
  const chosen = draw(seed, count, isComplement ? count - size : size);
  if (!isComplement) return [...chosen].map((offset) => begin + offset).sort((one, other) => one - other);
  return Array.from({ length: count }, (_, offset) => offset)
    .filter((offset) => !chosen.has(offset))
    .map((offset) => begin + offset);
}

function draw(seed: string, count: number, wanted: number): Set<number> {
  const chosen = new Set<number>();
  const limit = draws - (draws % Math.max(count, 1));
  for (let turn = 0; chosen.size < wanted; turn++) {
    const value = Number.parseInt(sha256Hex(`audit-sample/1\n${seed}\n${turn}`).slice(0, drawDigits), 16);
    if (value < limit) chosen.add(value % count);
  }
  return chosen;
}
