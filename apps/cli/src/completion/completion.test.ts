import { execFileSync, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runCommand } from '../test-support/run-command.ts';
import { temporaryDirectory } from '../test-support/temporary-directory.ts';
import { shells } from './shells.ts';

/** What each shell is told to do to print the candidates for a command line. */
const printers: Readonly<
  Record<keyof typeof shells, (script: string, words: readonly string[]) => readonly string[]>
> = {
  bash: (script, words) => [
    '-c',
    `source ${script}; COMP_WORDS=(${words.map(quoted).join(' ')}); COMP_CWORD=${words.length - 1}; _audit; printf '%s\\n' "\${COMPREPLY[@]}"`,
  ],
  zsh: (script, words) => [
    '-fc',
    // What the completion system offers is what these two are given.
    `compdef() { :; }; _files() { :; }; compadd() { shift; print -l -- "$@"; }; _describe() { print -l -- "\${(@)\${(@P)4}%%:*}"; }
     source ${script}; words=(${words.map(quoted).join(' ')}); CURRENT=${words.length}; _audit`,
  ],
  fish: (script, words) => [
    '--no-config',
    '-c',
    `source ${script}; complete -C ${quoted(words.join(' '))} | string split -f 1 \\t`,
  ],
};

const installed = Object.keys(shells).filter((shell) => spawnSync(shell, ['--version']).status === 0);

describe.each(Object.keys(shells) as (keyof typeof shells)[])('the completion for %s', (shell) => {
  it.skipIf(!installed.includes(shell)).each([
    ['commands', ['audit', 'ver'], ['verify', 'verify-chain']],
    ['commands of a group', ['audit', 'hold', ''], ['place', 'list', 'release']],
    ['options', ['audit', 'hold', 'place', 'rr-1', '--re'], ['--reason']],
    ['values', ['audit', 'query', '--since', '1h', '--outcome', 'f'], ['failure']],
    [
      'options behind another option with a value',
      ['audit', 'spool', 'list', '--root', '/', '--j'],
      ['--json'],
    ],
  ])('offers %s', async (_, words, expected) => {
    const script = join(temporaryDirectory(), 'script');
    writeFileSync(script, (await runCommand(['completion', shell])).stdout);
    const offered = execFileSync(shell, printers[shell](script, words), { encoding: 'utf8' }).split('\n');
    const word = words.at(-1) ?? '';
    // zsh narrows what it is given by itself, and fish offers options where words are asked for.
    const fitting = offered.filter((candidate) => candidate.startsWith(word));
    const wanted = fitting.filter((candidate) => /^[a-z]/.test(candidate) || word.startsWith('-'));
    expect(wanted.toSorted()).toEqual(expected.toSorted());
  });
});

it('a shell that is unknown is refused', async () => {
  expect((await runCommand(['completion', 'tcsh'])).exitCode).toBe(2);
});

function quoted(text: string): string {
  return `'${text}'`;
}
