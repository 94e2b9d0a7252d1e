import type { AuditStatistics } from '@audit/schema';

/** A stretch of time up to now. */
export interface TimeRange {
  /** Name in the address, and span back from now as the API takes it. */
  readonly name: string;
  readonly words: string;
  /** Length of the buckets it is counted in. */
  readonly interval: AuditStatistics['interval'];
}

/** Stretches of time that the overview can show. */
export const timeRanges = [
  { name: '1h', words: '1 hour', interval: 'minute' },
  { name: '24h', words: '24 hours', interval: 'hour' },
  { name: '7d', words: '7 days', interval: 'hour' },
  { name: '30d', words: '30 days', interval: 'day' },
] as const satisfies readonly TimeRange[];

/** Name of a {@link timeRanges}. */
export type TimeRangeName = (typeof timeRanges)[number]['name'];

/** What the columns of the chart can be divided by. */
export const divisions = ['outcome', 'category'] as const;

/** One of {@link divisions}. */
export type Division = (typeof divisions)[number];

/** What the address of the overview says. */
export interface OverviewSearch {
  /** Default `24h`. */
  readonly range?: TimeRangeName;
  /** Default `outcome`. */
  readonly by?: Division;
}

/** Reads the search of an address; what cannot be meant, or is the default, is left out. */
export function readOverviewSearch({ range, by }: Readonly<Record<string, unknown>>): OverviewSearch {
  const found = timeRanges.find(({ name }) => name === range);
  return overviewSearch(timeRangeOf(found?.name).name, by === 'category' ? by : 'outcome');
}

/** The range of a name; without one, 24 hours. */
export function timeRangeOf(name: TimeRangeName = '24h'): (typeof timeRanges)[number] {
  return timeRanges.find((range) => range.name === name) ?? timeRanges[1];
}

/** Writes the search of an address; what is the default is left out. */
export function overviewSearch(range: TimeRangeName, by: Division): OverviewSearch {
  return { ...(range !== '24h' && { range }), ...(by !== 'outcome' && { by }) };
}
