import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type FileSpool, type FileSpoolSettings, openFileSpool } from '@audit/spool';
import { onTestFinished } from 'vitest';

/** Makes a directory for the running test. */
export function temporaryDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'audit-server-test-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

/** Opens a spool on disk for the running test. */
export function openDiskSpool(settings: FileSpoolSettings = {}): FileSpool {
  return openFileSpool({ directory: temporaryDirectory(), entryBytesMax: 16_777_216, ...settings });
}
