import type { AuditStatistics, EventOutcome, StatisticsBucket } from '@audit/schema';
import { countByCategory } from './count-by-category.ts';
import type { Division } from './time-range.ts';

/** One part of every column of the chart. */
export interface VolumeSeries {
  /** Name of the outcome or category; {@link othersName} for what has no part of its own. */
  readonly name: string;
  /** Custom property that has its colour. */
  readonly color: string;
}

/** One column of the chart. */
export interface VolumeColumn {
  /** First instant, RFC 3339. */
  readonly start: string;
  readonly total: number;
  /** Number of events of each series, in their order. */
  readonly counts: readonly number[];
}

/** What the chart shows. */
export interface Volume {
  readonly series: readonly VolumeSeries[];
  readonly columns: readonly VolumeColumn[];
}

/** Name of the series of all categories but the busiest. */
export const othersName = 'others';

const outcomeSeries = [
  { name: 'success', color: '--chart-success' },
  { name: 'failure', color: '--chart-failure' },
  { name: 'pending', color: '--chart-pending' },
] as const satisfies readonly (VolumeSeries & { name: EventOutcome })[];

const categoryColors = [1, 2, 3, 4, 5, 6].map((place) => `--chart-${place}`);

/** Divides the buckets by outcome, or by the six busiest categories and the others. */
export function volumeSeries(statistics: AuditStatistics, by: Division): Volume {
  return by === 'outcome' ? byOutcome(statistics) : byCategory(statistics);
}

function byOutcome({ buckets }: AuditStatistics): Volume {
  return {
    series: outcomeSeries,
    columns: buckets.map((bucket) => ({
      start: bucket.start,
      total: bucket.total,
      counts: outcomeSeries.map(({ name }) => sumOf(bucket, ({ event_outcome }) => event_outcome === name)),
    })),
  };
}

function byCategory(statistics: AuditStatistics): Volume {
  const categories = countByCategory(statistics).map(({ category }) => category);
  const shown = categories.slice(0, categoryColors.length);
  const hasOthers = categories.length > shown.length;
  const columns = statistics.buckets.map((bucket) => {
    const counts = shown.map((name) => sumOf(bucket, ({ event_category }) => event_category === name));
    const others = bucket.total - counts.reduce((sum, count) => sum + count, 0);
    return { start: bucket.start, total: bucket.total, counts: hasOthers ? [...counts, others] : counts };
  });
  const series = shown.map((name, place) => ({ name, color: categoryColors[place] ?? '--chart-others' }));
  return {
    series: hasOthers ? [...series, { name: othersName, color: '--chart-others' }] : series,
    columns,
  };
}

function sumOf(
  { counts }: StatisticsBucket,
  matches: (count: StatisticsBucket['counts'][number]) => boolean,
): number {
  return counts.filter(matches).reduce((sum, { count }) => sum + count, 0);
}
