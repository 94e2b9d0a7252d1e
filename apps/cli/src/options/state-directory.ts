import { homedir } from 'node:os';
import { isAbsolute, join, resolve } from 'node:path';
import { InvalidArgumentError, Option } from 'commander';

/** The option that names the directory in which the program keeps what it remembers of logs. */
export function stateDirectoryOption(): Option {
  return new Option('--state-dir <directory>', 'where checkpoints of logs are remembered')
    .env('AUDIT_STATE_DIR')
    .argParser(parseStateDirectory)
    .default(defaultStateDirectory(), 'the directory for state of this user');
}

function parseStateDirectory(text: string): string {
  if (text !== '') return resolve(text);
  throw new InvalidArgumentError('Expected a directory; it is made when it is missing.');
}

// XDG Base Directory Specification: a relative path in its variables is invalid and ignored.
function defaultStateDirectory(): string {
  const { LOCALAPPDATA, XDG_STATE_HOME } = process.env;
  const named = process.platform === 'win32' ? LOCALAPPDATA : XDG_STATE_HOME;
  return join(named !== undefined && isAbsolute(named) ? named : join(homedir(), '.local', 'state'), 'audit');
}
