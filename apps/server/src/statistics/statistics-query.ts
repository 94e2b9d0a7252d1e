import type { RecordFilter } from '../query/record-query.ts';

/** Milliseconds of the buckets that there are. */
export const bucketMs = { minute: 60_000, hour: 3_600_000, day: 86_400_000 } as const;

/** Length of a bucket. */
export type StatisticsInterval = keyof typeof bucketMs;

/** What to count. */
export interface StatisticsQuery extends RecordFilter {
  readonly interval: StatisticsInterval;
  readonly since: string;
  readonly until: string;
}

/** First instants of the buckets of a query, in milliseconds since 1970: their number, and the first of them. */
export function bucketsOf({ interval, since, until }: StatisticsQuery): { first: number; count: number } {
  const length = bucketMs[interval];
  const first = Math.floor(Date.parse(since) / length) * length;
  return { first, count: Math.max(0, Math.floor((Date.parse(until) - first) / length) + 1) };
}
