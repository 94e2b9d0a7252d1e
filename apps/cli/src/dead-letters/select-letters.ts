import { displayText } from '@audit/schema';
import { CommandFailure } from '../command-failure.ts';
import type { KeptLetter } from './kept-letter.ts';

/** Which dead letters a command is to work on. */
export interface LetterSelection {
  readonly ids: readonly string[];
  readonly all: boolean;
}

/**
 * Picks what a person named, each once, in the order named: by the id that the list shows, or by the id of the event.
 * @throws {CommandFailure} `usage` when a name fits none or several of them, or when nothing is named
 */
export function selectLetters(
  kept: readonly KeptLetter[],
  { ids, all }: LetterSelection,
): readonly KeptLetter[] {
  if (all && ids.length > 0) throw new CommandFailure('usage', 'give ids or --all, not both');
  if (!all && ids.length === 0)
    throw new CommandFailure('usage', 'which dead letters? Give their ids or --all');
  return all ? kept : [...new Set(ids.map((id) => selectLetter(kept, id)))];
}

/** Picks the one dead letter that a person named. */
export function selectLetter(kept: readonly KeptLetter[], id: string): KeptLetter {
  const [found, another] = kept.filter(({ letter }) => isNamed(letter, id));
  if (found === undefined)
    throw new CommandFailure(
      'usage',
      `no dead letter ${id} is kept there: "audit dead-letters list" shows them`,
    );
  if (another !== undefined)
    throw new CommandFailure(
      'usage',
      `${id} is kept more than once, in ${found.directory} and ${another.directory}: give --directory and the full id`,
    );
  return found;
}

// A person copies what the list shows, which differs from the id when that has characters a terminal would obey.
function isNamed(letter: KeptLetter['letter'], id: string): boolean {
  return letter.id === id || letter.key === id || displayText(letter.id) === id;
}
