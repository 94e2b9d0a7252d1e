import { createHash } from 'node:crypto';
import type { DeadLetter } from './spool.ts';
import { toSixteenDigits } from './whole-number.ts';

/** Directory of a spool that holds the dead letters. */
export const deadLetterDirectoryName = 'dead-letters';

/** File that notes which dead letters a person has dropped or replayed. */
export const droppedFileName = 'dropped.jsonl';

// The name stays far below the 255 bytes of common file systems.
const keyCharactersMax = 120;
const digestCharacters = 32;

/** Name of a dead letter within its spool. */
export function deadLetterId(sequence: number, key: string): string {
  return `${toSixteenDigits(sequence)}-${key}`;
}

/** Name of the file of a dead letter: its id, made safe for every file system. */
export function deadLetterFileName(id: string): string {
  const separator = id.indexOf('-') + 1;
  return `${id.slice(0, separator)}${safeName(id.slice(separator))}.json`;
}

/** Whether a file is a dead letter, judged by its name. */
export function isDeadLetterFile(name: string): boolean {
  return /^\d{16}-.*\.json$/.test(name);
}

/** Reads a dead letter; nothing when the text is none. */
export function parseDeadLetter(text: string): DeadLetter | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isDeadLetter(value) ? value : undefined;
  } catch {
    // Whoever reads it decides what a damaged file means.
    return undefined;
  }
}

function isDeadLetter(value: unknown): value is DeadLetter {
  if (typeof value !== 'object' || value === null) return false;
  const members: Record<string, unknown> = { ...value };
  return (
    Number.isSafeInteger(members.sequence) &&
    ['id', 'key', 'reason', 'detail', 'text', 'appendedAt', 'diedAt'].every(
      (member) => typeof members[member] === 'string',
    )
  );
}

function safeName(key: string): string {
  const safe = Buffer.from(key)
    .toString('latin1')
    .replace(
      /[^A-Za-z0-9._-]/g,
      (character) => `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
    );
  if (safe.length <= keyCharactersMax) return safe;
  const digest = createHash('sha256').update(key).digest('hex').slice(0, digestCharacters);
  return `${safe.slice(0, keyCharactersMax - digestCharacters - 1)}-${digest}`;
}
