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
  return /\d{16}/.test(text) ? json.parse(text, keepDigits) : JSON.parse(text);
}

function keepDigits(_key: string, value: unknown, { source }: ParsedPrimitive): unknown {
  if (typeof value !== 'number' || source === undefined || Number.isSafeInteger(value)) return value;
  // A JavaScript program writes 2^70 with zeros at its end and means the number that it has.
  return /^-?\d+$/.test(source) && String(value) !== source ? json.rawJSON(source) : value;
}
