import type { EventIssue } from '@audit/schema';
import { ParameterReader } from '../query/parameter-reader.ts';
import { columnFilterNames, readColumnFilter } from '../query/read-filter.ts';
import { bucketsOf, type StatisticsQuery } from './statistics-query.ts';

/** A query, or every fault found in the parameters. */
export type ParsedStatisticsQuery =
  | { readonly success: true; readonly query: StatisticsQuery }
  | { readonly success: false; readonly issues: readonly EventIssue[] };

const known = new Set([...columnFilterNames, 'interval']);
const bucketsMax = 1_500;
const oneDayMs = 86_400_000;

/** Reads the parameters of `GET /api/v1/audit/statistics`. */
export function parseStatisticsQuery(parameters: URLSearchParams, now: number): ParsedStatisticsQuery {
  const reader = new ParameterReader(parameters, known);
  const filter = readColumnFilter(reader, now);
  const until = filter.until ?? new Date(now).toISOString();
  const since = filter.since ?? new Date(Date.parse(until) - oneDayMs).toISOString();
  const interval = reader.oneOf('interval', ['minute', 'hour', 'day']) ?? 'hour';
  const query = { ...filter, interval, since, until };
  if (reader.issues.length === 0) checkSpan(reader, query);
  return reader.issues.length === 0 ? { success: true, query } : { success: false, issues: reader.issues };
}

function checkSpan(reader: ParameterReader, query: StatisticsQuery): void {
  if (Date.parse(query.since) > Date.parse(query.until)) {
    reader.refuse('since', `a time not after until, which is ${query.until}`);
  } else if (bucketsOf(query).count > bucketsMax) {
    reader.refuse('interval', `at most ${bucketsMax} buckets: a longer interval or a shorter time`);
  }
}
