import { expect, it } from 'vitest';
import { durationText } from './duration-text.ts';

it.each([
  [0, '0 ms'],
  [820, '820 ms'],
  [4_260, '4.2 s'],
  [59_999, '59.9 s'],
  [223_000, '3 m 43 s'],
  [7_500_000, '2 h 5 m'],
  [180_000_000, '2 d 2 h'],
  [-1_500, '−1.5 s'],
])('%d milliseconds are %s', (milliseconds, text) => {
  expect(durationText(milliseconds)).toBe(text);
});
