import fc from 'fast-check';
import { expect, it } from 'vitest';
import { goDuration, parseGoDuration } from './go-duration.ts';

it.each([
  ['0', 0],
  ['0s', 0],
  ['92s', 92_000],
  ['1m31.6s', 91_600],
  ['1h0.5m', 3_630_000],
  ['.5h', 1_800_000],
  ['250ms', 250],
  ['2500000us', 2_500],
  ['2500000\u00b5s', 2_500],
  ['2500000\u03bcs', 2_500],
  ['1500000ns', 1.5],
  ['-5s', -5_000],
  ['+5s', 5_000],
  ['5 minutes', undefined],
  ['5', undefined],
  ['s', undefined],
  ['', undefined],
  ['1d', undefined],
])('reads %j as %j milliseconds', (text, durationMs) => {
  expect(parseGoDuration(text)).toBe(durationMs);
});

it.each([
  [0, '0s'],
  [499, '0s'],
  [500, '1s'],
  [92_000, '1m32s'],
  [3_600_000, '1h0m0s'],
  [-5_000, '-5s'],
  [Number.NaN, undefined],
  [Number.POSITIVE_INFINITY, undefined],
])('writes %j milliseconds as %j', (durationMs, text) => {
  expect(goDuration(durationMs)).toBe(text);
});

it('reads what it writes', () => {
  fc.assert(
    fc.property(fc.integer({ min: -1e9, max: 1e9 }), (seconds) => {
      expect(parseGoDuration(goDuration(seconds * 1_000) ?? '')).toBe(seconds * 1_000);
    }),
  );
});
