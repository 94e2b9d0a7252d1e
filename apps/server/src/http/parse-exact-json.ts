interface ParsedPrimitive {
  /** The text of a number, boolean, string or null. */
  readonly source?: string;
}

// JSON.parse with source text access (ECMAScript 2026), which TypeScript's library does not know yet.
const json: {
  parse(text: string, reviver: (key: string, value: unknown, context: ParsedPrimitive) => unknown): unknown;
  rawJSON(text: string): object;
} = JSON as never;

/**
 * Parses JSON without losing digits: an integer beyond 2^53 that a JavaScript number cannot hold is kept as its text,
 * which JSON.stringify writes out as it came. In members with a schema such a value is then of the wrong type.
 * @throws {SyntaxError} when the text is not JSON
 */
export function parseExactJson(text: string): unknown {
  // Looking for long digits first is far cheaper than asking for the text of every number.
  return hasDigits(text, digitsMin) ? json.parse(text, keepDigits) : JSON.parse(text);
}

/** Digits of the shortest integer that a JavaScript number cannot hold. */
const digitsMin = 16;

// So many in a row cover one of the places looked at: the others are never read.
function hasDigits(text: string, count: number): boolean {
  for (let at = count - 1; at < text.length; at += count) {
    if (!isDigit(text.charCodeAt(at))) continue;
    let begin = at;
    while (isDigit(text.charCodeAt(begin - 1))) begin -= 1;
    let end = at + 1;
    while (isDigit(text.charCodeAt(end))) end += 1;
    if (end - begin >= count) return true;
  }
  return false;
}

// NaN, which is beyond the ends of a text, is none.
function isDigit(unit: number): boolean {
  return unit >= 0x30 && unit <= 0x39;
}

function keepDigits(_key: string, value: unknown, { source }: ParsedPrimitive): unknown {
  if (typeof value !== 'number' || source === undefined || Number.isSafeInteger(value)) return value;
  // A JavaScript program writes 2^70 with zeros at its end and means the number that it has.
  return /^-?\d+$/.test(source) && String(value) !== source ? json.rawJSON(source) : value;
}
