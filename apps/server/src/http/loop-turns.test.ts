import { expect, it } from 'vitest';
import { LoopTurns } from './loop-turns.ts';

it('does one piece a turn of the event loop, in order, whatever becomes of the pieces', async () => {
  const turns = new LoopTurns();
  const seen: string[] = [];
  const piece = (name: string) => turns.take(() => seen.push(name));
  const failed = turns.take(() => {
    seen.push('failed');
    throw new Error('no');
  });
  const pieces = [piece('second'), piece('third')];
  await expect(failed).rejects.toThrow('no');
  expect(seen).toEqual(['failed']);
  await Promise.all(pieces);
  expect(seen).toEqual(['failed', 'second', 'third']);
  expect(await turns.take(() => 7)).toBe(7);
});
