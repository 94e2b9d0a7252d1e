import type { AuditStatistics, StatisticsBucket } from '@audit/schema';
import { expect, it } from 'vitest';
import { othersName, volumeSeries } from './volume-series.ts';

const bucket = (start: string, counts: StatisticsBucket['counts']): StatisticsBucket => ({
  start,
  total: counts.reduce((sum, { count }) => sum + count, 0),
  failures: 0,
  counts,
});
const statistics = (...buckets: StatisticsBucket[]): AuditStatistics => ({
  interval: 'hour',
  since: '2026-01-14T08:00:00Z',
  until: '2026-01-14T10:00:00Z',
  total: buckets.reduce((sum, { total }) => sum + total, 0),
  is_capped: false,
  buckets,
});

it('divides each column by outcome, all three in every one', () => {
  const volume = volumeSeries(
    statistics(
      bucket('2026-01-14T08:00:00Z', [
        { event_category: 'gateway', event_outcome: 'success', count: 2 },
        { event_category: 'webhook', event_outcome: 'success', count: 3 },
        { event_category: 'webhook', event_outcome: 'pending', count: 1 },
      ]),
      bucket('2026-01-14T09:00:00Z', []),
    ),
    'outcome',
  );
  expect(volume.series.map(({ name }) => name)).toEqual(['success', 'failure', 'pending']);
  expect(volume.columns).toEqual([
    { start: '2026-01-14T08:00:00Z', total: 6, counts: [5, 0, 1] },
    { start: '2026-01-14T09:00:00Z', total: 0, counts: [0, 0, 0] },
  ]);
});

it('divides by the busiest categories, and puts the rest together', () => {
  const counts = Array.from({ length: 8 }, (_, place) => ({
    event_category: `c${place}`,
    event_outcome: 'success' as const,
    count: 10 - place,
  }));
  const { series, columns } = volumeSeries(statistics(bucket('2026-01-14T08:00:00Z', counts)), 'category');
  expect(series.map(({ name }) => name)).toEqual(['c0', 'c1', 'c2', 'c3', 'c4', 'c5', othersName]);
  expect(columns).toEqual([{ start: '2026-01-14T08:00:00Z', total: 52, counts: [10, 9, 8, 7, 6, 5, 7] }]);
  expect(new Set(series.map(({ color }) => color)).size).toBe(series.length);
});
