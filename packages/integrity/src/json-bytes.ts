/** `"` in UTF-8. */
export const quote = 0x22;
/** `,` in UTF-8. */
export const comma = 0x2c;
/** `\` in UTF-8. */
export const backslash = 0x5c;

const openingBrace = 0x7b;
const closingBrace = 0x7d;
const openingBracket = 0x5b;
const closingBracket = 0x5d;

const wordBytes = 4;

/**
 * Position of the quote that ends a JSON string without escapes, or 0 when it has one. Some quote must follow, and three
 * bytes after it.
 */
export function endOfPlainString(view: DataView, begin: number): number {
  let at = begin;
  let found = quotesAndBackslashes(view.getInt32(at, true));
  while (found === 0) {
    at += wordBytes;
    found = quotesAndBackslashes(view.getInt32(at, true));
  }
  at += (31 - Math.clz32(found & -found)) >> 3;
  return view.getUint8(at) === quote ? at : 0;
}

/**
 * Sets the highest bit of the first byte of four, from the lowest on, that is a quote or a backslash; zero when none is.
 * Bytes after the first are not told exactly: subtracting one from a byte that is zero borrows from the next.
 */
function quotesAndBackslashes(word: number): number {
  const quotes = word ^ 0x22222222;
  const backslashes = word ^ 0x5c5c5c5c;
  return (((quotes - 0x01010101) & ~quotes) | ((backslashes - 0x01010101) & ~backslashes)) & -0x7f7f7f80;
}

/** Position after a JSON value that begins at a position: of the comma or brace that follows. */
export function endOfValue(bytes: Uint8Array, view: DataView, begin: number, end: number): number {
  const first = bytes[begin];
  if (first === quote) return endOfString(bytes, view, begin + 1, end);
  if (first === openingBrace || first === openingBracket) return endOfNested(bytes, view, begin, end);
  let at = begin;
  while (at < end && bytes[at] !== comma) at++;
  return at;
}

function endOfString(bytes: Uint8Array, view: DataView, begin: number, end: number): number {
  const plain = endOfPlainString(view, begin);
  if (plain > 0) return plain + 1;
  let at = begin;
  while (at < end && bytes[at] !== quote) at += bytes[at] === backslash ? 2 : 1;
  return at + 1;
}

function endOfNested(bytes: Uint8Array, view: DataView, begin: number, end: number): number {
  let depth = 0;
  for (let at = begin; at < end; at++) {
    const byte = bytes[at];
    if (byte === quote) at = endOfString(bytes, view, at + 1, end) - 1;
    else if (byte === openingBrace || byte === openingBracket) depth++;
    else if (byte === closingBrace || byte === closingBracket) depth--;
    if (depth === 0) return at + 1;
  }
  return end;
}
