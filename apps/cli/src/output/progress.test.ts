import { expect, it } from 'vitest';
import { createProgress, type Progress } from './progress.ts';

/** What is written while work goes on by a clock of its own. */
function show(
  isTerminal: boolean,
  work: (progress: Progress, advance: (milliseconds: number) => void) => void,
  begun = 0,
): string[] {
  const written: string[] = [];
  let nowMs = 0;
  const progress = createProgress(
    { isTerminal, hasColors: false, write: (text) => written.push(text) },
    { total: 1_000, what: 'events', now: () => nowMs, begun },
  );
  work(progress, (milliseconds) => {
    nowMs += milliseconds;
  });
  progress.end();
  return written;
}

it('draws over its own line on a terminal, and clears it', () => {
  expect(show(true, (progress) => progress.show(500))).toEqual([
    `\r\u001b[K${'█'.repeat(15)}${'░'.repeat(15)}  50 %  500 of 1,000 events`,
    '\r\u001b[K',
  ]);
});

it('tells the rate of this run and what remains of it', () => {
  const [drawn] = show(
    true,
    (progress, advance) => {
      advance(2_000);
      progress.show(400);
    },
    200,
  );
  expect(drawn).toContain(' 40 %  400 of 1,000 events, 100/s, 6s left');
});

it('draws ten times a second at most, and always the end', () => {
  const drawn = show(true, (progress, advance) => {
    for (let done = 1; done <= 1_000; done++) {
      progress.show(done);
      advance(1);
    }
  });
  expect(drawn).toHaveLength(12);
  expect(drawn.at(-2)).toContain('100 %  1,000 of 1,000 events');
});

it('writes nothing elsewhere', () => {
  expect(show(false, (progress) => progress.show(500))).toEqual([]);
});
