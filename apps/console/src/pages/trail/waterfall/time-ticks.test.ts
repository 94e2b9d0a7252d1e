import fc from 'fast-check';
import { expect, it } from 'vitest';
import { timeTicks } from './time-ticks.ts';

it('chooses round times', () => {
  expect(timeTicks(300_000, 6)).toEqual([0, 60_000, 120_000, 180_000, 240_000, 300_000]);
  expect(timeTicks(12, 4)).toEqual([0, 5, 10]);
  expect(timeTicks(0, 6)).toEqual([0]);
});

it('never more than asked for, none beyond the end, all as far apart', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 10 ** 12 }), fc.integer({ min: 2, max: 12 }), (duration, most) => {
      const ticks = timeTicks(duration, most);
      expect(ticks.length).toBeLessThanOrEqual(most);
      expect(ticks[0]).toBe(0);
      expect(ticks.at(-1)).toBeLessThanOrEqual(duration);
      const distances = ticks.slice(1).map((tick, place) => tick - (ticks[place] ?? 0));
      expect(new Set(distances).size).toBeLessThanOrEqual(1);
    }),
  );
});
