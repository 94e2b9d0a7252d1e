/**
 * Makes text from outside safe to print on one line of a terminal: control characters (escape sequences, line ends),
 * invisible format characters (bidi controls, which reorder what a person reads) and half surrogate pairs are shown as
 * `\u{1b}`; a text above the limit is cut and ends in `…`.
 * @param charsMax longest result before its escapes are written; default 200
 */
export function displayText(text: string, charsMax = 200): string {
  const characters = [...text];
  const kept = characters.length > charsMax ? [...characters.slice(0, charsMax - 1), '…'] : characters;
  return kept.map(displayCharacter).join('');
}

function displayCharacter(character: string): string {
  if (!/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u.test(character)) return character;
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}
