import { unseenCharacter } from '@audit/schema';

/** Writes a value as one line of JSON that is safe on a terminal. */
export function jsonLine(value: unknown): string {
  return `${harmlessJson(JSON.stringify(value))}\n`;
}

/**
 * Writes a JSON text over several lines and safe on a terminal. Nothing is parsed, so every number, string and
 * repeated member stays as it was. A text that is not JSON stays on one line.
 */
export function indentJson(text: string): string {
  if (!isJson(text)) return harmlessJson(text);
  let result = '';
  let depth = 0;
  let previous = '';
  for (const [token] of text.matchAll(jsonToken)) {
    if (isClosing(token)) depth -= 1;
    if (startsLine(token, previous)) result += `\n${'  '.repeat(Math.min(depth, depthMax))}`;
    result += token === ':' ? ': ' : harmlessJson(token);
    if (isOpening(token)) depth += 1;
    previous = token;
  }
  return result;
}

const jsonToken = /"(?:[^"\\]+|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g;

// A text of nothing but brackets would become gigabytes of indentation.
const depthMax = 40;

function startsLine(token: string, previous: string): boolean {
  if (isOpening(previous)) return !isClosing(token);
  return isClosing(token) || previous === ',';
}

function isOpening(token: string): boolean {
  return token === '{' || token === '[';
}

function isClosing(token: string): boolean {
  return token === '}' || token === ']';
}

/** Makes a JSON text safe on a terminal. What it says stays the same: these characters stand in its strings only. */
export function harmlessJson(json: string): string {
  return json.replaceAll(unseenCharacters, (character) =>
    Array.from({ length: character.length }, (_, index) => escapeUnit(character.charCodeAt(index))).join(''),
  );
}

const unseenCharacters = new RegExp(unseenCharacter, 'gu');

function escapeUnit(unit: number): string {
  return `\\u${unit.toString(16).padStart(4, '0')}`;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    // Not JSON, which is what was asked.
    return false;
  }
}
