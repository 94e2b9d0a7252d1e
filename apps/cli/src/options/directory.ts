import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { InvalidArgumentError } from 'commander';

/** Checks that a path of the command line is a directory and makes it absolute. */
export function parseDirectory(text: string): string {
  const directory = resolve(text);
  if (statSync(directory, { throwIfNoEntry: false })?.isDirectory()) return directory;
  throw new InvalidArgumentError('Expected an existing directory.');
}
