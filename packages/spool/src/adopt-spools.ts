import { readdirSync, renameSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { isAuditError } from '@audit/schema';
import type { FileSpool } from './file-spool.ts';
import { listSpools } from './list-spools.ts';
import { isDirectoryHeld, lockDirectory } from './lock-directory.ts';
import { openFileSpool } from './open-file-spool.ts';
import type { Spool, SpoolEntry } from './spool.ts';
import type { DamageListener } from './spool-damage.ts';
import { toSpoolFailure } from './spool-failure.ts';

/** What adoption needs of the spool that takes the entries. */
export type SpoolReceiver = Pick<Spool, 'append' | 'sync'>;

/** Options of {@link adoptSpools}. */
export interface AdoptSpoolsOptions {
  /** Directory whose spools are looked through. */
  readonly root: string;
  /** Spool that takes the entries. */
  readonly into: SpoolReceiver;
  /** Directories that are left alone. */
  readonly except?: readonly string[];
  /** Is told of every damage that is found; default nobody. */
  readonly onDamage?: DamageListener;
}

const batch = { entriesMax: 500, bytesMax: 1_048_576 };
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/**
 * Moves what waits in the spools below a directory, those that no process holds, into another spool; returns how many
 * entries. A crash meanwhile doubles entries, which their receiver recognises by key. Dead letters and quarantine stay
 * where they are; a directory with neither is removed.
 * @throws {AuditError} `spool_failed` when one cannot be read or `into` does not confirm; the entries then stay
 */
export async function adoptSpools(options: AdoptSpoolsOptions): Promise<number> {
  const { except = [], into, onDamage, root } = options;
  const left = new Set([resolve(root), ...except.map((directory) => resolve(directory))]);
  let adopted = 0;
  for (const directory of await listSpools(root)) {
    const spool = left.has(directory) ? undefined : openUnlessHeld(directory, onDamage);
    if (spool === undefined) continue;
    try {
      const { count, isFull } = await move(spool, into);
      adopted += count;
      if (isFull) return adopted;
    } finally {
      await spool.close();
    }
    removeUnlessNeeded(directory);
  }
  return adopted;
}

async function move(from: Spool, into: SpoolReceiver): Promise<{ count: number; isFull: boolean }> {
  let count = 0;
  for (;;) {
    const entries = await from.peek(batch);
    if (entries.length === 0) return { count, isFull: false };
    const { appended, isFull, tooLarge } = appendAll(entries, into);
    if (appended.length > 0) await into.sync();
    from.acknowledge(appended);
    for (const entry of tooLarge) await from.bury(entry, tooLargeForReceiver);
    count += appended.length;
    if (isFull) return { count, isFull };
  }
}

const tooLargeForReceiver = {
  reason: 'too_large',
  detail: 'the spool that adopts takes no entry of this length',
};

interface Appended {
  readonly appended: SpoolEntry[];
  readonly tooLarge: SpoolEntry[];
  readonly isFull: boolean;
}

function appendAll(entries: readonly SpoolEntry[], into: SpoolReceiver): Appended {
  const appended: SpoolEntry[] = [];
  const tooLarge: SpoolEntry[] = [];
  for (const entry of entries) {
    // They were accepted once, so they come before what is offered now.
    const outcome = into.append({ key: entry.key, text: decoder.decode(entry.payload), critical: true });
    if (outcome.status === 'appended') appended.push(entry);
    else if (outcome.reason === 'too_large') tooLarge.push(entry);
    else return { appended, tooLarge, isFull: true };
  }
  return { appended, tooLarge, isFull: false };
}

function openUnlessHeld(directory: string, onDamage: DamageListener | undefined): FileSpool | undefined {
  if (isDirectoryHeld(directory)) return undefined;
  try {
    return openFileSpool(onDamage === undefined ? { directory } : { directory, onDamage });
  } catch (error) {
    if (isAuditError(error) && error.code === 'spool_in_use') return undefined;
    throw error;
  }
}

const emptyFiles = new Set(['cursor', 'lock', 'owner']);

// The directory gets another name first: whoever opens the old name meanwhile makes a new one.
function removeUnlessNeeded(directory: string): void {
  if (isDirectoryHeld(directory)) return;
  try {
    const lock = lockDirectory(directory);
    const isEmpty = readdirSync(directory).every(
      (name) => emptyFiles.has(name) || isEmptyDirectory(join(directory, name)),
    );
    const doomed = `${directory}.removed-${process.pid}`;
    if (isEmpty) renameSync(directory, doomed);
    lock.release();
    if (isEmpty) rmSync(doomed, { recursive: true });
  } catch (error) {
    if (isAuditError(error) && error.code === 'spool_in_use') return;
    throw toSpoolFailure(`${directory} cannot be removed`, error);
  }
}

function isEmptyDirectory(path: string): boolean {
  try {
    return readdirSync(path).length === 0;
  } catch {
    // A file that nobody knows keeps the directory.
    return false;
  }
}
