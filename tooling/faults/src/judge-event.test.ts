import { expect, it } from 'vitest';
import type { Mark } from './event-tally.ts';
import { judgeEvent } from './judge-event.ts';

const judge = (marks: readonly Mark[], isPoison = false) =>
  judgeEvent({ is: (mark) => marks.includes(mark), isPoison, mayReject: false });

it.each<[string, Mark[], string[]]>([
  ['stored', ['intended', 'accepted', 'stored'], []],
  ['neither accepted nor stored, by a kill in between', ['intended'], []],
  ['stored although the kill came before the answer', ['intended', 'stored'], []],
  ['accepted only', ['intended', 'accepted'], ['lost']],
  ['removed by the harness', ['intended', 'accepted', 'removed'], []],
  ['damaged by the harness', ['intended', 'accepted', 'damaged'], ['damaged and not in quarantine']],
  ['damaged and kept', ['intended', 'accepted', 'damaged', 'quarantined'], []],
  ['rejected', ['intended', 'rejected'], ['rejected without a reason']],
  [
    'stored twice over',
    ['intended', 'accepted', 'stored', 'dead'],
    ['stored and dead', 'dead although valid'],
  ],
  ['waiting', ['intended', 'accepted', 'spooled'], ['still in a spool at the end']],
])('an event %s is judged', (_what, marks, wrong) => {
  expect(judge(marks)).toEqual(wrong);
});

it('an invalid event has to be dead and must not be stored', () => {
  expect(judge(['intended', 'accepted', 'dead'], true)).toEqual([]);
  expect(judge(['intended', 'accepted', 'stored'], true)).toEqual(['stored although invalid']);
});
