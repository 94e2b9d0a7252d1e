import { type Dirent, existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { listSpools } from '@audit/spool';
import { CommandFailure } from '../command-failure.ts';

// Clients keep spools two levels below their root. More is for whoever keeps several roots together; without an end,
// a wrong root would be a walk through the whole disk.
const levelsMax = 4;

/**
 * Finds the spools in and below a directory, as absolute paths in the order of their names.
 * @throws {AuditError} `spool_failed` when a directory on the way cannot be read
 */
export async function findSpools(root: string): Promise<readonly string[]> {
  const spools = await findBelow(root, levelsMax);
  return spools.toSorted((a, b) => a.localeCompare(b, 'en', { numeric: true }));
}

async function findBelow(directory: string, levels: number): Promise<readonly string[]> {
  const spools = await listSpools(directory);
  if (levels <= 1 || spools.includes(directory)) return spools;
  const others = (await entriesOf(directory))
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => join(directory, name))
    .filter((path) => !spools.includes(path));
  const below: string[] = [];
  for (const other of others) below.push(...(await findBelow(other, levels - 1)));
  return [...spools, ...below];
}

async function entriesOf(directory: string): Promise<readonly Dirent[]> {
  // No process has made the default root yet, or the directory was removed meanwhile.
  return existsSync(directory) ? readdir(directory, { withFileTypes: true }) : [];
}

/**
 * Makes sure that a directory is a spool.
 * @throws {CommandFailure} `usage` when it is none
 */
export async function requireSpool(directory: string): Promise<void> {
  const spools = await listSpools(directory);
  if (!spools.includes(directory))
    throw new CommandFailure(
      'usage',
      `${directory} is no spool: "audit spool list --root" shows those below`,
    );
}
