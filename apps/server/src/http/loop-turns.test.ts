import { expect, it } from 'vitest';
import { LoopTurns } from './loop-turns.ts';

it('does one step a turn of the event loop, work after work, whatever becomes of them', async () => {
  const turns = new LoopTurns();
  const seen: string[] = [];
  const take = (name: string, steps: number) =>
    turns.take(
      (function* () {
        for (let step = 1; step < steps; step += 1) yield void seen.push(`${name} ${step}`);
        if (name === 'bad') throw new Error('no');
        return name;
      })(),
    );
  const works = [take('one', 3), take('bad', 2), take('two', 2)];
  const turn = async () => {
    await new Promise((resolve) => setImmediate(resolve));
    return seen.length;
  };
  expect([await turn(), await turn(), await turn()]).toEqual([1, 2, 2]);
  expect((await Promise.allSettled(works)).map(({ status }) => status)).toEqual([
    'fulfilled',
    'rejected',
    'fulfilled',
  ]);
  expect(seen).toEqual(['one 1', 'one 2', 'bad 1', 'two 1']);
  expect(await take('three', 1)).toBe('three');
});
