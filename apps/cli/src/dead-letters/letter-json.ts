import { summariseEvent } from '../event-summary.ts';
import type { KeptLetter } from './kept-letter.ts';

/** Describes a dead letter for machines, its text left out. */
export function letterJson({ directory, letter }: KeptLetter): Readonly<Record<string, unknown>> {
  const { id, sequence, key, reason, detail, text, appendedAt, diedAt } = letter;
  return {
    directory,
    id,
    sequence,
    key,
    ...summariseEvent(text),
    reason,
    detail,
    appended_at: appendedAt,
    died_at: diedAt,
  };
}
