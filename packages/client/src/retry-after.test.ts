import { expect, it } from 'vitest';
import { retryAfterMs, retryAfterMsMax } from './retry-after.ts';

const nowMs = Date.UTC(2026, 0, 15, 10, 30);

it('reads seconds and HTTP dates', () => {
  expect(retryAfterMs('7', nowMs)).toBe(7_000);
  expect(retryAfterMs('Thu, 15 Jan 2026 10:30:05 GMT', nowMs)).toBe(5_000);
});

it('waits for nothing without a header, with a past date or with nonsense', () => {
  for (const header of [undefined, '', 'soon', '-5', 'Thu, 15 Jan 2026 10:00:00 GMT']) {
    expect(retryAfterMs(header, nowMs)).toBe(0);
  }
});

it('never waits longer than an hour', () => {
  expect(retryAfterMs('99999999999999999999', nowMs)).toBe(retryAfterMsMax);
  expect(retryAfterMs('Thu, 15 Jan 2099 10:30:05 GMT', nowMs)).toBe(retryAfterMsMax);
});
