import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { shellCommand } from './shell-command.ts';

it('quotes what a shell would obey, and nothing else', () => {
  expect(shellCommand(['audit', 'hold', 'place', 'rr-1', undefined, '--reason', "it's $HOME; rm -rf"])).toBe(
    `audit hold place rr-1 --reason 'it'\\''s $HOME; rm -rf'`,
  );
  expect(shellCommand(['audit', ''])).toBe("audit ''");
});

it('is read by a shell as the words it was made of', () => {
  const words = fc.array(fc.string({ unit: 'grapheme-ascii' }), { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(words, (given) => {
      const script = `for word in "$@"; do printf '%s\\n' "$word"; done`;
      const read = execFileSync('sh', ['-c', `set -- ${shellCommand(given)}; ${script}`], { encoding: 'utf8' });
      expect(read).toBe(given.map((word) => `${word}\n`).join(''));
    }),
    { numRuns: 30 },
  );
});

it('writes out what a terminal would obey', () => {
  expect(shellCommand(['audit', 'a\u001b[2Jb'])).toBe("audit 'a\\u{1b}[2Jb'");
});
