import { expect, it } from 'vitest';
import { createFaultPlan, faultKinds } from './fault-kinds.ts';
import { createRandom } from './random.ts';

const draw = (seed: number, requests: number) => {
  const plan = createFaultPlan(createRandom(seed, 'proxy'), 2);
  return Array.from({ length: requests }, () => plan.next());
};
const firstDeck = faultKinds.length * 2;
const deck = faultKinds.length * 3;

it('every deck of a fault plan holds each fault once', () => {
  for (const [start, end] of [
    [0, firstDeck],
    [firstDeck, firstDeck + deck],
    [firstDeck + deck, firstDeck + 2 * deck],
  ]) {
    const faults = draw(1, firstDeck + 2 * deck).slice(start, end);
    expect(faults.filter((fault) => fault !== 'none').toSorted()).toEqual([...faultKinds].toSorted());
  }
});

it('the same seed gives the same faults, another seed gives others', () => {
  expect(draw(1, deck)).toEqual(draw(1, deck));
  expect(draw(1, deck)).not.toEqual(draw(2, deck));
});
