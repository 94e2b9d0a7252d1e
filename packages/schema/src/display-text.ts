/**
 * Makes text from outside safe to show on one line, of a terminal or a page: control characters (escape sequences, line ends),
 * invisible format characters (bidi controls, which reorder what a person reads) and half surrogate pairs are shown as
 * `\u{1b}`; a text above the limit is cut and ends in `…`.
 * @param charsMax longest result before its escapes are written; default 200
 */
export function displayText(text: string, charsMax = 200): string {
  // Splitting into characters costs much more than cutting; a character is one or two units.
  const characters = [...text.slice(0, charsMax * 2 + 2)];
  const kept = characters.length > charsMax ? [...characters.slice(0, charsMax - 1), '…'] : characters;
  return kept.map(displayCharacter).join('');
}

/** A character that a terminal or browser obeys instead of showing, or that hides what a person reads. */
export const unseenCharacter: RegExp = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

function displayCharacter(character: string): string {
  if (!unseenCharacter.test(character)) return character;
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}
