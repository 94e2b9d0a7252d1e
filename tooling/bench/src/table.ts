/** One line of a benchmark's table. */
export interface BenchRow {
  readonly name: string;
  readonly figure: string;
  readonly ratio?: string;
  readonly goal?: string;
}

/** Writes rows as a Markdown table with aligned columns. */
export function formatTable(title: string, rows: readonly BenchRow[]): string {
  const cells = [
    [title, 'figure', 'ratio', 'goal'],
    ...rows.map((row) => [row.name, row.figure, row.ratio ?? '', row.goal ?? '']),
  ];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...cells.map((line) => line[column]?.length ?? 0)));
  const lines = cells.map(
    (line) => `| ${line.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`,
  );
  const rule = `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`;
  return [lines[0], rule, ...lines.slice(1)].join('\n');
}
