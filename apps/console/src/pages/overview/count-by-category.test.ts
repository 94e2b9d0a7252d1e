import { expect, it } from 'vitest';
import { countByCategory } from './count-by-category.ts';

it('adds up every bucket by category and outcome, the busiest category first', () => {
  const bucket = (counts: readonly [string, 'success' | 'failure' | 'pending', number][]) => ({
    start: '2026-01-14T08:00:00Z',
    total: 0,
    failures: 0,
    counts: counts.map(([event_category, event_outcome, count]) => ({
      event_category,
      event_outcome,
      count,
    })),
  });
  const statistics = {
    interval: 'hour',
    since: '2026-01-14T08:00:00Z',
    until: '2026-01-14T10:00:00Z',
    total: 10,
    is_capped: false,
    buckets: [
      bucket([
        ['gateway', 'success', 2],
        ['webhook', 'pending', 1],
      ]),
      bucket([
        ['webhook', 'success', 3],
        ['webhook', 'failure', 4],
      ]),
    ],
  } as const;
  expect(countByCategory({ ...statistics, buckets: [...statistics.buckets] })).toEqual([
    { category: 'webhook', outcomes: { success: 3, failure: 4, pending: 1 }, total: 8 },
    { category: 'gateway', outcomes: { success: 2, failure: 0, pending: 0 }, total: 2 },
  ]);
});
