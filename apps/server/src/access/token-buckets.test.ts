import fc from 'fast-check';
import { expect, it } from 'vitest';
import { TokenBuckets } from './token-buckets.ts';

it('takes as many at once as two seconds allow, and says how long to wait for the next', () => {
  let time = 0;
  const buckets = new TokenBuckets({ perSecond: 2, now: () => time });
  expect(Array.from({ length: 6 }, () => buckets.take('gateway'))).toEqual([0, 0, 0, 0, 1, 1]);
  expect(buckets.take('webhook')).toBe(0);
  time += 500;
  expect([buckets.take('gateway'), buckets.take('gateway')]).toEqual([0, 1]);
  time -= 60_000;
  expect(buckets.take('gateway')).toBe(1);
});

it('never takes more in any time than the rate and the burst allow', () => {
  const waits = fc.array(fc.nat(3_000), { minLength: 1, maxLength: 200 });
  fc.assert(
    fc.property(waits, fc.integer({ min: 1, max: 20 }), (steps, perSecond) => {
      let time = 0;
      const buckets = new TokenBuckets({ perSecond, now: () => time });
      let taken = 0;
      for (const step of steps) {
        time += step;
        if (buckets.take('one') === 0) taken += 1;
      }
      expect(taken).toBeLessThanOrEqual(Math.floor((time / 1_000) * perSecond + 2 * perSecond + 1e-6));
    }),
  );
});

it('remembers a bounded number, and forgets who was not seen for longest', () => {
  const buckets = new TokenBuckets({ perSecond: 1, now: () => 0, keysMax: 2 });
  for (const key of ['a', 'a', 'b', 'b', 'b']) buckets.take(key);
  expect([buckets.take('a'), buckets.take('c'), buckets.take('b')]).toEqual([1, 0, 0]);
});
