import { appendFile, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import {
  deadLetterDirectoryName,
  deadLetterFileName,
  droppedFileName,
  isDeadLetterFile,
} from './dead-letter-file.ts';
import { DeadLetterStore } from './dead-letter-store.ts';
import { readDeadLetter } from './read-dead-letter.ts';
import type { DeadLetter } from './spool.ts';
import { isMissingFile, toSpoolFailure } from './spool-failure.ts';
import { nodeSpoolFiles } from './spool-files.ts';

/** Why a person removes a dead letter. */
export interface DeadLetterRemoval {
  /** `replayed`: it was sent again and stored; `dropped`: nobody will have it. */
  readonly outcome: 'replayed' | 'dropped';
  /** The person's reason, kept in `dropped.jsonl`. */
  readonly reason: string;
}

/**
 * Lists the dead letters of a spool, oldest first. The process that owns it may run meanwhile.
 * @throws {AuditError} `spool_failed` when the disk cannot be read
 */
export async function readDeadLetters(directory: string): Promise<readonly DeadLetter[]> {
  try {
    return (await new DeadLetterStore(nodeSpoolFiles, directory).list()).letters;
  } catch (error) {
    throw toSpoolFailure(`the dead letters in ${directory} cannot be read`, error);
  }
}

/**
 * Removes a dead letter, after noting which it was and why in `dropped.jsonl`; returns false when there is none of this
 * id. The process that owns the spool may run meanwhile.
 * @throws {AuditError} `spool_failed` when that cannot be noted or removed
 */
export async function removeDeadLetter(
  directory: string,
  id: string,
  { outcome, reason }: DeadLetterRemoval,
): Promise<boolean> {
  const within = join(directory, deadLetterDirectoryName);
  try {
    const found = await findLetter(within, id);
    if (found === undefined) return false;
    const { text: _, ...described } = found.letter;
    const line = { ...described, outcome, removedBecause: reason, removedAt: new Date().toISOString() };
    const dropped = join(within, droppedFileName);
    await appendFile(dropped, `${JSON.stringify(line)}\n`, { mode: 0o600, flush: true });
    await unlink(found.path);
    return true;
  } catch (error) {
    // Somebody else removed it at the same moment.
    if (isMissingFile(error)) return false;
    throw toSpoolFailure(`the dead letter ${id} cannot be removed`, error);
  }
}

// The id says where it is, so that removing one of many reads no other. An id that names anything else is nobody's.
async function findLetter(
  directory: string,
  id: string,
): Promise<{ readonly letter: DeadLetter; readonly path: string } | undefined> {
  const name = deadLetterFileName(id);
  if (!isDeadLetterFile(name)) return undefined;
  const path = join(directory, name);
  const letter = await readDeadLetter(nodeSpoolFiles, path);
  return typeof letter === 'object' && letter.id === id ? { letter, path } : undefined;
}
