import { expect, it } from 'vitest';
import { durationText } from './duration-text.ts';

it.each([
  [0, '0ms'],
  [99, '99ms'],
  [100, '0.1s'],
  [9_949, '9.9s'],
  [9_950, '10s'],
  [59_499, '59s'],
  [59_500, '1m00s'],
  [3_599_499, '59m59s'],
  [3_599_500, '1h00m'],
  [86_399_499, '23h59m'],
  [97_200_000, '1d03h'],
  [-1_500, '-1.5s'],
])('%d ms are %s', (milliseconds, text) => {
  expect(durationText(milliseconds)).toBe(text);
});
