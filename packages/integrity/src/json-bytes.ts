export const quote = 0x22;
export const comma = 0x2c;
export const backslash = 0x5c;

const openingBrace = 0x7b;
const closingBrace = 0x7d;
const openingBracket = 0x5b;
const closingBracket = 0x5d;

/** Position of the quote that ends a JSON string without escapes, or 0 when it has one. Some quote must follow. */
export function endOfPlainString(bytes: Uint8Array, begin: number): number {
  let at = begin;
  for (let byte = bytes[at]; byte !== quote; byte = bytes[++at]) {
    if (byte === backslash) return 0;
  }
  return at;
}

/** Position after a JSON value that begins at a position: of the comma or brace that follows. */
export function endOfValue(bytes: Uint8Array, begin: number, end: number): number {
  const first = bytes[begin];
  if (first === quote) return endOfString(bytes, begin + 1, end);
  if (first === openingBrace || first === openingBracket) return endOfNested(bytes, begin, end);
  let at = begin;
  while (at < end && bytes[at] !== comma) at++;
  return at;
}

function endOfString(bytes: Uint8Array, begin: number, end: number): number {
  let at = begin;
  while (at < end && bytes[at] !== quote) at += bytes[at] === backslash ? 2 : 1;
  return at + 1;
}

function endOfNested(bytes: Uint8Array, begin: number, end: number): number {
  let depth = 0;
  for (let at = begin; at < end; at++) {
    const byte = bytes[at];
    if (byte === quote) at = endOfString(bytes, at + 1, end) - 1;
    else if (byte === openingBrace || byte === openingBracket) depth++;
    else if (byte === closingBrace || byte === closingBracket) depth--;
    if (depth === 0) return at + 1;
  }
  return end;
}
