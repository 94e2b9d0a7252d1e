import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { shellCommand } from './shell-command.ts';

it('quotes what a shell would obey, and nothing else', () => {
  expect(shellCommand(['audit', 'hold', 'place', 'rr-1', undefined, '--reason', "it's $HOME; rm -rf"])).toBe(
    `audit hold place rr-1 --reason 'it'\\''s $HOME; rm -rf'`,
  );
  expect(shellCommand(['audit', ''])).toBe("audit ''");
});

it.each([
  [['audit', 'hold', 'place', "it's", '']],
  [['$(id)', '`id`', '$HOME', '!!', '~', '*', 'a b', 'a\tb']],
  [["''", "'; echo x; '", '"', '\\', '--', '#', 'ü😀', '{a,b}', '<>|&;']],
])('is read by a shell as the words it was made of: %j', (words) => {
  const script = `for word in "$@"; do printf '%s\\n' "$word"; done`;
  const read = execFileSync('sh', ['-c', `set -- ${shellCommand(words)}; ${script}`], { encoding: 'utf8' });
  expect(read).toBe(words.map((word) => `${word === 'a\tb' ? 'a\\u{9}b' : word}\n`).join(''));
});

it('writes out what a terminal would obey', () => {
  expect(shellCommand(['audit', 'a\u001b[2Jb'])).toBe("audit 'a\\u{1b}[2Jb'");
});
