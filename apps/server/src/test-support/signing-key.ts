import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** Path of a file for the signing key of the running test; it is not there yet, and is removed when the test ends. */
export function signingKeyFile(): string {
  const directory = mkdtempSync(join(tmpdir(), 'audit-key-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return join(directory, 'signing-key');
}
