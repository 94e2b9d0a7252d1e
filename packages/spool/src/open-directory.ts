import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { cursorFileName, writeFirstCursorSync } from './cursor-file.ts';
import { type DirectoryLayout, type DirectoryQueue, readLayout, readQueue } from './directory-layout.ts';
import type { Quarantine } from './quarantine.ts';
import type { DamageListener, SpoolDamage } from './spool-damage.ts';
import type { SpoolFiles } from './spool-files.ts';

/** What {@link openDirectory} needs. */
export interface OpenDirectoryOptions {
  readonly files: SpoolFiles;
  readonly directory: string;
  readonly quarantine: Quarantine;
  readonly onDamage: DamageListener;
  /** Highest sequence among the dead letters. */
  readonly lastDeadSequence: number;
}

/** What a directory holds when it is opened. */
export interface OpenedDirectory extends DirectoryQueue {
  readonly spoolId: string;
}

/** Opens a directory whose lock is held: reads what waits, and puts aside what is no part of the spool. */
export function openDirectory(options: OpenDirectoryOptions): OpenedDirectory {
  const { directory, files, lastDeadSequence, onDamage } = options;
  const layout = readLayout(files, directory);
  const queue = readQueue(files, layout, lastDeadSequence);
  for (const { path } of layout.empty) removeEmpty(files, path);
  for (const damage of layoutDamage(directory, layout, queue)) onDamage(putAside(options, damage));
  const spoolId = layout.spoolId ?? randomBytes(8).toString('hex');
  if (typeof layout.cursor === 'string') {
    const { beyond, floor } = queue.acknowledgements;
    writeFirstCursorSync(files, directory, { floor, next: queue.next, spoolId, beyond });
  }
  return { ...queue, spoolId };
}

/** Lists what is damaged so far: all of it but the entries. */
export function layoutDamage(
  directory: string,
  { cursor, foreign, nameless }: DirectoryLayout,
  { missingEntries }: DirectoryQueue,
): SpoolDamage[] {
  const damage: SpoolDamage[] = nameless.map((path) => ({ ...nothing, kind: 'foreign_segment', path }));
  for (const { path, size } of foreign)
    damage.push({ ...nothing, kind: 'foreign_segment', path, bytes: size });
  if (cursor === 'damaged')
    damage.push({ ...nothing, kind: 'cursor', path: join(directory, cursorFileName) });
  if (missingEntries > 0) {
    damage.push({ ...nothing, kind: 'missing_entries', path: directory, entries: missingEntries });
  }
  return damage;
}

const nothing = { entries: 0, bytes: 0, ranges: [], quarantined: [] };

function putAside({ quarantine }: OpenDirectoryOptions, damage: SpoolDamage): SpoolDamage {
  if (damage.kind === 'missing_entries') return damage;
  try {
    return { ...damage, quarantined: [quarantine.moveSync(damage.path)] };
  } catch {
    // It stays where it is, and is found again the next time; nothing of it is read.
    return damage;
  }
}

function removeEmpty(files: SpoolFiles, path: string): void {
  try {
    files.unlinkSync(path);
  } catch {
    // An empty file only takes a name, which the next segment then leaves to it.
  }
}
