import type { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { createProgram } from './program.ts';
import { runCommand } from './test-support/run-command.ts';

describe('the command line', () => {
  it.each([[], ['--help'], ['help']])('shows what it can do on %j', async (...commandLine) => {
    const { exitCode, stdout, stderr } = await runCommand(commandLine);
    expect(stdout).toMatch(/^Usage: audit/);
    expect([exitCode, stderr]).toEqual([0, '']);
  });

  it('shows the commands of a group when none is named', async () => {
    const { exitCode, stdout, stderr } = await runCommand(['dead-letters']);
    expect(stdout).toContain('list [options]');
    expect([exitCode, stderr]).toEqual([0, '']);
  });

  it.each(commandNames())('explains "%s" with examples', async (name) => {
    const { exitCode, stdout } = await runCommand([...name.split(' '), '--help']);
    expect(stdout).toContain(`Examples:\n  $ `);
    expect(stdout).toContain(`audit ${name}`);
    expect(exitCode).toBe(0);
  });

  it.each([
    [['spools'], "unknown command 'spools' (Did you mean spool?)"],
    [['spool', 'list', '--colour'], "unknown option '--colour'"],
    [['spool', 'list', 'extra'], 'too many arguments'],
    [['spool', 'inspect'], "missing required argument 'directory'"],
    [['spool', 'inspect', '.', '--entries', '0'], 'Expected a whole number from 1 to 100000.'],
    [['spool', 'list', '--root', '\u001b[2J\n'], '\\u{1b}[2J'],
  ])('exits with 2 and one line on %j', async (commandLine, message) => {
    const { exitCode, stdout, stderr } = await runCommand(commandLine);
    expect(stderr).toMatch(/^audit: .+\n$/);
    expect(stderr).toContain(message);
    expect([exitCode, stdout]).toEqual([2, '']);
  });
});

/** Names of all commands that do something, such as `spool list`. */
function commandNames(): readonly string[] {
  const output = { isTerminal: false, hasColors: false, write: () => {}, writeBytes: async () => {} };
  const context = { stdout: output, stderr: output, now: Date.now, signal: AbortSignal.abort() };
  const namesBelow = (command: Command, prefix: string): readonly string[] =>
    command.commands.flatMap((child) => {
      const name = `${prefix}${child.name()}`;
      return child.commands.length === 0 ? [name] : namesBelow(child, `${name} `);
    });
  return namesBelow(createProgram(context), '');
}
