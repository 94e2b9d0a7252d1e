import { expect, it } from 'vitest';
import { countOf, formatAge, formatBytes } from './quantities.ts';

it.each([
  [0, '0s'],
  [-5_000, '0s'],
  [999, '0s'],
  [61_000, '1m 1s'],
  [3_600_000, '1h'],
  [90_061_000, '1d 1h'],
  [86_405_000, '1d'],
])('%i milliseconds are %s', (milliseconds, age) => {
  expect(formatAge(milliseconds)).toBe(age);
});

it.each([
  [0, '0 B'],
  [1_023, '1023 B'],
  [1_536, '1.5 KiB'],
  [536_870_912, '512.0 MiB'],
])('%i bytes are %s', (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text);
});

it('counts one and many', () => {
  expect([countOf(1, 'event'), countOf(12_000, 'event')]).toEqual(['1 event', '12,000 events']);
});
