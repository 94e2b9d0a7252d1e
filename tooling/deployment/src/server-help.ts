import { execFileSync } from 'node:child_process';
import { compileCache } from '@audit/environments';
import { repository } from './page-commands.ts';

/** What the service says it takes: its own help, not a copy of it. */
export interface ServerHelp {
  readonly flags: ReadonlySet<string>;
  readonly variables: ReadonlySet<string>;
  readonly commands: ReadonlySet<string>;
}

/** Asks the service for its flags, variables and commands. */
export function readServerHelp(): ServerHelp {
  const main = `${repository}/apps/server/src/main.ts`;
  const help = execFileSync(process.execPath, ['--conditions=@audit/source', main, '--help'], {
    encoding: 'utf8',
    env: { PATH: process.env.PATH, ...compileCache },
  });
  const all = (pattern: RegExp) => new Set([...help.matchAll(pattern)].map(([, found = '']) => found));
  return {
    flags: all(/^ {2}(?:-\w, )?(--[a-z-]+)/gm),
    variables: all(/env:\s+([A-Z_]+)/g),
    commands: all(/^ {2}([a-z][a-z-]*) /gm),
  };
}
