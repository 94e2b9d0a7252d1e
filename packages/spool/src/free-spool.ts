import { statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { isAuditError } from '@audit/schema';
import type { FileSpool } from './file-spool.ts';
import type { FileSpoolSettings } from './file-spool-options.ts';
import { isDirectoryHeld } from './lock-directory.ts';
import { openFileSpool } from './open-file-spool.ts';
import { namesIn } from './quarantine.ts';
import { framesStart, segmentFileName } from './segment.ts';
import { nodeSpoolFiles } from './spool-files.ts';

/** Options of {@link openFreeSpool}. */
export interface FreeSpoolOptions extends FileSpoolSettings {
  /** Directory that processes may share; each gets a numbered directory in it. */
  readonly root: string;
}

/**
 * Opens the first numbered directory below a root that no process holds, those that hold entries before the others: what
 * a dead process left is delivered by the next.
 * @throws {AuditError} `spool_failed` when no directory can be used
 */
export function openFreeSpool({ root, ...settings }: FreeSpoolOptions): FileSpool {
  const directory = resolve(root);
  const numbers = namesIn(nodeSpoolFiles, directory).filter(isNumber).map(Number);
  for (const number of candidates(directory, numbers)) {
    const spool = openUnlessHeld(join(directory, String(number)), settings);
    if (spool !== undefined) return spool;
  }
  // Others that look for a directory at the same time take numbers too, each of them one.
  for (let number = 0; ; number += 1) {
    const spool = numbers.includes(number)
      ? undefined
      : openUnlessHeld(join(directory, String(number)), settings);
    if (spool !== undefined) return spool;
  }
}

function candidates(directory: string, numbers: readonly number[]): number[] {
  const ascending = numbers.toSorted((a, b) => a - b);
  const holding = ascending.filter((number) => holdsEntries(join(directory, String(number))));
  return [...holding, ...ascending.filter((number) => !holding.includes(number))];
}

function holdsEntries(directory: string): boolean {
  return namesIn(nodeSpoolFiles, directory).some(
    (name) =>
      segmentFileName.test(name) &&
      (statSync(join(directory, name), { throwIfNoEntry: false })?.size ?? 0) > framesStart,
  );
}

function openUnlessHeld(directory: string, settings: FileSpoolSettings): FileSpool | undefined {
  if (isDirectoryHeld(directory)) return undefined;
  try {
    return openFileSpool({ ...settings, directory });
  } catch (error) {
    if (isAuditError(error) && error.code === 'spool_in_use') return undefined;
    throw error;
  }
}

function isNumber(name: string): boolean {
  return /^(0|[1-9]\d{0,8})$/.test(name);
}
