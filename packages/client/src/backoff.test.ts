import { expect, it } from 'vitest';
import { backoffMs } from './backoff.ts';

const bounds = { minMs: 500, maxMs: 60_000 };

it('doubles the bound with every failure up to the highest', () => {
  const waits = [1, 2, 3, 7, 8, 5_000].map((failures) => backoffMs({ ...bounds, failures, random: () => 1 }));
  expect(waits).toEqual([500, 1_000, 2_000, 32_000, 60_000, 60_000]);
});

it('waits any time below the bound', () => {
  expect(backoffMs({ ...bounds, failures: 3, random: () => 0 })).toBe(0);
  expect(backoffMs({ ...bounds, failures: 3, random: () => 0.5 })).toBe(1_000);
});
