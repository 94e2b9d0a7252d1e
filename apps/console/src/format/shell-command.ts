import { displayText } from '@audit/schema';

const plainWord = /^[\w@%+=:,./-]+$/;

/**
 * Writes a command line as a person pastes it into a POSIX shell: every word that is not plain stands in single quotes, in
 * which a shell obeys nothing. What a terminal would obey, or nobody would see, is written out, so a word with such a
 * character is no longer the same word.
 */
export function shellCommand(words: readonly (string | undefined)[]): string {
  return words
    .filter((word) => word !== undefined)
    .map((word) => quote(displayText(word)))
    .join(' ');
}

function quote(word: string): string {
  return plainWord.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
