/** Writes the examples at the end of a command's help. */
export function examples(...commandLines: readonly string[]): string {
  return `\nExamples:\n${commandLines.map((line) => `  $ ${line}\n`).join('')}`;
}
