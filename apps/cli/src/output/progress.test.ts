import { expect, it } from 'vitest';
import { createProgress } from './progress.ts';

function show(isTerminal: boolean): string {
  let text = '';
  const progress = createProgress(
    { isTerminal, hasColors: false, write: (written) => (text += written) },
    1_000,
    'events',
  );
  progress.show(500);
  progress.end();
  return text;
}

it('draws over its own line on a terminal, and clears it', () => {
  expect(show(true)).toBe(`\r\u001b[K${'█'.repeat(15)}${'░'.repeat(15)} 500 of 1,000 events\r\u001b[K`);
});

it('writes nothing elsewhere', () => {
  expect(show(false)).toBe('');
});
