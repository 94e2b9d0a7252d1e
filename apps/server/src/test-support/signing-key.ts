import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { temporaryDirectory } from './temporary-directory.ts';

/** Path of a file for the signing key of the running test; it is not there yet, and is removed when the test ends. */
export function signingKeyFile(): string {
  return join(temporaryDirectory(), 'signing-key');
}

let shared: string | undefined;

/** Path of the file with the signing key of every log that a test of this process opens without a word about its key. */
export function sharedSigningKeyFile(): string {
  if (shared === undefined) {
    const directory = mkdtempSync(join(tmpdir(), 'audit-key-'));
    process.once('exit', () => rmSync(directory, { recursive: true, force: true }));
    shared = join(directory, 'signing-key');
  }
  return shared;
}
