import { expect, it } from 'vitest';
import { bucketEnd, bucketText } from './bucket-text.ts';
import { readOverviewSearch, timeRangeOf } from './time-range.ts';

it('reads what the address can mean, and leaves out the default and the rest', () => {
  expect(readOverviewSearch({ range: '7d', by: 'category' })).toEqual({ range: '7d', by: 'category' });
  expect(readOverviewSearch({ range: '24h', by: 'outcome', other: 1 })).toEqual({});
  expect(readOverviewSearch({ range: '8d', by: 'age' })).toEqual({});
  expect(timeRangeOf().name).toBe('24h');
});

it('names buckets in UTC and knows where they end', () => {
  const start = '2026-01-14T08:00:00Z';
  expect(bucketText(start, 'hour')).toBe('14 Jan, 08:00 UTC');
  expect(bucketText(start, 'hour', true)).toBe('08:00');
  expect(bucketText(start, 'day')).toBe('14 Jan UTC');
  expect(bucketEnd(start, 'hour')).toBe('2026-01-14T08:59:59.999Z');
});
