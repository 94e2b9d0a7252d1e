import type { AuditStatistics, StatisticsBucket } from '@audit/schema';
import { filterConditions, searchedIn } from '../query/filter-conditions.ts';
import type { Database } from '../store/database.ts';
import { bucketMs, bucketsOf, type StatisticsQuery } from './statistics-query.ts';

interface CountRow extends Record<string, unknown> {
  readonly start: string;
  readonly event_category: string;
  readonly event_outcome: StatisticsBucket['counts'][number]['event_outcome'];
  readonly count: number;
}

// A second's work of the database.
const countedMaxDefault = 1_000_000;

/** Counts records of a log over time. */
export async function readStatistics(
  database: Database,
  logId: string,
  query: StatisticsQuery,
  countedMax: number = countedMaxDefault,
): Promise<AuditStatistics> {
  const rows = await selectCounts(database, logId, query, countedMax);
  const total = sum(rows);
  return {
    interval: query.interval,
    since: query.since,
    until: query.until,
    total,
    is_capped: total >= countedMax,
    buckets: toBuckets(query, rows),
  };
}

// In the order of the log, so that what is left out at the cap is not left to chance. Times are written for the buckets, not for
// each record, which takes as long as counting.
function selectCounts(
  database: Database,
  logId: string,
  query: StatisticsQuery,
  countedMax: number,
): Promise<CountRow[]> {
  const { conditions, parameters } = filterConditions(logId, query);
  return database.query<CountRow>(
    `select to_char(bucket at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as start, event_category, event_outcome, count
     from (
       select
         date_trunc($${parameters.push(query.interval)}::text, event_timestamp, 'UTC') as bucket,
         event_category,
         event_outcome,
         count(*)::integer as count
       from (
         select event_timestamp, event_category, event_outcome
         from ${searchedIn(query)}
         where ${conditions.join(' and ')} and record is not null
         order by sequence desc
         limit ${countedMax}
       ) as counted
       group by 1, 2, 3
     ) as counts
     order by bucket, event_category, event_outcome`,
    parameters,
  );
}

function toBuckets(query: StatisticsQuery, rows: readonly CountRow[]): StatisticsBucket[] {
  const byStart = Map.groupBy(rows, ({ start }) => start);
  const { first, count } = bucketsOf(query);
  return Array.from({ length: count }, (_, index) => {
    const start = startText(first + index * bucketMs[query.interval]);
    return toBucket(start, byStart.get(start) ?? []);
  });
}

function toBucket(start: string, rows: readonly CountRow[]): StatisticsBucket {
  return {
    start,
    total: sum(rows),
    failures: sum(rows.filter(({ event_outcome }) => event_outcome === 'failure')),
    counts: rows.map(({ event_category, event_outcome, count }) => ({
      event_category,
      event_outcome,
      count,
    })),
  };
}

function startText(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(0, 19)}Z`;
}

function sum(rows: readonly CountRow[]): number {
  return rows.reduce((total, { count }) => total + count, 0);
}
