import { pino } from 'pino';
import { expect, it } from 'vitest';
import { type ShutdownStep, shutDown } from './shut-down.ts';

const logger = pino({ level: 'silent' });

function record(done: string[], name: string, work: ShutdownStep['run'] = async () => {}): ShutdownStep {
  return {
    name,
    async run(milliseconds) {
      done.push(name);
      await work(milliseconds);
    },
  };
}

it('takes the steps one after the other', async () => {
  const done: string[] = [];
  const late = record(done, 'one', () => new Promise((resolve) => setImmediate(resolve)));
  await shutDown([late, record(done, 'two')], { timeoutMs: 60_000, logger });
  expect(done).toEqual(['one', 'two']);
});

it('takes every step although others fail or hang, and says which', async () => {
  const done: string[] = [];
  const steps = [
    record(done, 'closing the first', () => Promise.reject(new Error('EIO'))),
    record(done, 'closing the second', () => new Promise(() => {})),
    record(done, 'closing the third'),
  ];
  const ended = shutDown(steps, { timeoutMs: 40, logger });
  await expect(ended).rejects.toThrow(/^closing the first failed, closing the second failed$/);
  expect(done).toEqual(['closing the first', 'closing the second', 'closing the third']);
});

it('asks each step for less than what is left, so that no step takes it all', async () => {
  const asked: number[] = [];
  const hang = (milliseconds: number) => {
    asked.push(milliseconds);
    return new Promise(() => {});
  };
  const steps = ['one', 'two', 'three'].map((name) => record([], name, hang));
  await expect(shutDown(steps, { timeoutMs: 64, logger })).rejects.toBeInstanceOf(AggregateError);
  expect(asked).toHaveLength(3);
  expect(asked[0]).toBeLessThanOrEqual(32);
  expect(asked.toSorted((one, other) => other - one)).toEqual(asked);
});
