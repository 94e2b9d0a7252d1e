import { readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { cursorFileName } from './cursor-file.ts';
import { deadLetterDirectoryName } from './dead-letter-file.ts';
import { segmentFileName } from './segment.ts';
import { isMissingFile, toSpoolFailure } from './spool-failure.ts';

/**
 * Lists the spools in and directly below a directory, as absolute paths in the order of their names. Changes nothing.
 * @throws {AuditError} `spool_failed` when the directory cannot be read
 */
export async function listSpools(root: string): Promise<readonly string[]> {
  const directory = resolve(root);
  try {
    const below = await readdir(directory, { withFileTypes: true });
    const names = below.filter((entry) => entry.isDirectory()).map(({ name }) => name);
    const ordered = names.toSorted((a, b) => a.localeCompare(b, 'en', { numeric: true }));
    const candidates = [directory, ...ordered.map((name) => join(directory, name))];
    const isSpool = await Promise.all(candidates.map(looksLikeSpool));
    return candidates.filter((_, index) => isSpool[index]);
  } catch (error) {
    if (isMissingFile(error)) return [];
    throw toSpoolFailure(`${directory} cannot be read`, error);
  }
}

// A directory may be removed, or belong to somebody else, at any time.
async function looksLikeSpool(directory: string): Promise<boolean> {
  const names = await readdir(directory).catch(() => []);
  return names.some(
    (name) => name === cursorFileName || name === deadLetterDirectoryName || segmentFileName.test(name),
  );
}
