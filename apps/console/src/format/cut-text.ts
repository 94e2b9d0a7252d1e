import { displayText } from '@audit/schema';

/** The beginning of a text, harmless, with its line breaks. */
export interface CutText {
  readonly text: string;
  /** UTF-16 units that are left out; 0 when the text is whole. */
  readonly rest: number;
}

/**
 * Takes the first lines of a text and makes each harmless; tabs become two spaces.
 * @param limits most UTF-16 units and lines
 */
export function cutText(
  text: string,
  { charsMax, linesMax }: { readonly charsMax: number; readonly linesMax: number },
): CutText {
  const beginning = text.slice(0, charsMax).split(/\r\n|\n/, linesMax + 1);
  const lines = beginning.slice(0, linesMax);
  const taken = beginning.length > linesMax ? endOfLine(text, linesMax) : Math.min(text.length, charsMax);
  return {
    text: lines.map((line) => displayText(line.replaceAll('\t', '  '), charsMax * 2)).join('\n'),
    rest: text.length - taken,
  };
}

// Where the line of this number, from 1, ends.
function endOfLine(text: string, line: number): number {
  let end = -1;
  for (let passed = 0; passed < line; passed++) end = text.indexOf('\n', end + 1);
  return end;
}
