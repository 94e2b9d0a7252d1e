import { expect, it } from 'vitest';
import type { JobProgress } from './messages.ts';
import { ProgressMeter } from './progress-meter.ts';
import { durationWords, progressWords } from './progress-words.ts';

it('says how far it is, how fast it goes, and how long it takes', () => {
  const progress = { done: 40_000, total: 100_000, activeMs: 800, bytes: 4_000_000 };
  expect(progressWords(progress)).toEqual({
    percent: 40,
    records: '40,000 of 100,000 records',
    rate: '50,000 records/s, 1.2 s left',
  });
  expect(durationWords({ ...progress, done: 100_000, activeMs: 2_000 })).toBe(
    '100,000 records in 2.0 s, 50,000 records/s',
  );
});

it('is at its end only at the end, and promises nothing before it can tell', () => {
  expect(progressWords({ done: 999, total: 1_000, activeMs: 10, bytes: 0 })).toMatchObject({
    percent: 99,
    rate: '',
  });
  expect(progressWords({ done: 0, total: 0, activeMs: 0, bytes: 0 }).percent).toBe(100);
});

it('tells ten times a second at most, and counts no pauses', () => {
  let now = 0;
  const told: JobProgress[] = [];
  const meter = new ProgressMeter(
    100,
    (progress) => told.push(progress),
    () => now,
  );
  for (; now < 250; now += 10) meter.add(now / 10, 5);
  expect(told.map(({ done }) => done)).toEqual([0, 10, 20]);
  meter.pause();
  now += 10_000;
  meter.resume();
  now += 50;
  expect(meter.read()).toEqual({ done: 24, total: 100, activeMs: 300, bytes: 125 });
});
