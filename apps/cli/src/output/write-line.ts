import { displayText } from '@audit/schema';
import type { TextOutput } from '../command-context.ts';

const lineCharsMax = 4_000;

/** Writes one line of text, whatever is in it. */
export function writeLine(output: TextOutput, text: string): void {
  output.write(`${displayText(text, lineCharsMax)}\n`);
}
