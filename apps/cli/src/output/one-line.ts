import { displayText } from '@audit/schema';

/** Makes a text of several lines safe to print on one line: {@link displayText} with its line ends and tabs as spaces. */
export function oneLine(text: string, charsMax?: number): string {
  // Collapsing costs as much as the text is long; what is cut off anyway is not looked at.
  const start = charsMax === undefined ? text : text.slice(0, charsMax * 4);
  return displayText(start.replaceAll(/[ \t]*[\r\n\t][\s]*/g, ' '), charsMax);
}
