import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { shellQuote } from './shell-quote.ts';

it('leaves a plain word as it is', () => {
  expect(shellQuote('rr-3f9ab2c41d07-5e8c1a7b')).toBe('rr-3f9ab2c41d07-5e8c1a7b');
  expect(shellQuote('')).toBe("''");
});

it('a shell reads back any text', () => {
  // No shell takes NUL in an argument.
  const words = fc.array(fc.string({ unit: 'grapheme' }).map((text) => text.replaceAll('\0', '')));
  fc.assert(
    fc.property(words, (texts) => {
      const script = `for word in ${texts.map(shellQuote).join(' ')}; do printf '%s\\n-\\n' "$word"; done`;
      const printed = execFileSync('/bin/sh', ['-c', script], { encoding: 'utf8' });
      expect(printed).toBe(texts.map((text) => `${text}\n-\n`).join(''));
    }),
    { numRuns: 30 },
  );
});
