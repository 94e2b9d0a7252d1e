import { isTreeSize } from './subtrees.ts';

/**
 * Which records a pack says it holds.
 *
 * - `range`: all of `begin` up to, not including, `end`
 * - `correlation`: all of a correlation, up to the record `closed_by`, which tells of the export itself
 * - `filter`: those of a range that a filter matches; that none is left out is only stated
 * - `sample`: those of a range that {@link chooseSample} chooses
 */
export type Population =
  | { readonly kind: 'range'; readonly begin: number; readonly end: number }
  | { readonly kind: 'correlation'; readonly correlation_id: string; readonly closed_by?: number }
  | {
      readonly kind: 'filter';
      readonly begin: number;
      readonly end: number;
      /** The filter as its maker would repeat it, in names and values of the query. */
      readonly filter: Readonly<Record<string, string>>;
    }
  | {
      readonly kind: 'sample';
      readonly begin: number;
      readonly end: number;
      readonly seed: string;
      readonly size: number;
    };

/** Reads a value as a {@link Population}; undefined for anything else. */
export function safeParsePopulation(value: unknown): Population | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const members = value as Record<string, unknown>;
  return members.kind === 'correlation' ? parseCorrelation(members) : parseStretch(members);
}

function parseCorrelation(members: Readonly<Record<string, unknown>>): Population | undefined {
  const { correlation_id, closed_by } = members;
  if (typeof correlation_id !== 'string' || correlation_id === '') return undefined;
  if (closed_by === undefined) return { kind: 'correlation', correlation_id };
  return isTreeSize(closed_by) ? { kind: 'correlation', correlation_id, closed_by } : undefined;
}

function parseStretch(members: Readonly<Record<string, unknown>>): Population | undefined {
  const { kind, begin, end, filter, seed, size } = members;
  if (!isTreeSize(begin) || !isTreeSize(end) || begin > end) return undefined;
  if (kind === 'range') return { kind, begin, end };
  if (kind === 'filter') return isFilter(filter) ? { kind, begin, end, filter } : undefined;
  const isSample = kind === 'sample' && typeof seed === 'string' && seed.isWellFormed();
  return isSample && isTreeSize(size) && size <= end - begin ? { kind, begin, end, seed, size } : undefined;
}

function isFilter(filter: unknown): filter is Readonly<Record<string, string>> {
  return (
    typeof filter === 'object' &&
    filter !== null &&
    !Array.isArray(filter) &&
    Object.values(filter).every((value) => typeof value === 'string')
  );
}
