import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import type { EventDefinition } from './event-definition.ts';
import * as schema from './index.ts';

const root = fileURLToPath(new URL('../', import.meta.url));
const readme = await readFile(`${root}README.md`, 'utf8');

it('the tables of the README are those of the package', async () => {
  const [before = '', , after = ''] = readme.split(/(?<=<!-- events:start -->\n)|(?=<!-- events:end -->)/);
  const tables = Object.entries(schema.eventsByService).map(([service, table]) => eventTable(service, table));
  // To renew them: vitest run packages/schema --update
  await expect(`${before}\n${tables.join('\n')}\n${after}`).toMatchFileSnapshot(`${root}README.md`);
});

function eventTable(service: string, table: Readonly<Record<string, EventDefinition>>): string {
  const name = Object.entries(schema).find(([, value]) => value === table)?.[0];
  const rows = Object.entries(table).map(([builder, { type, category, action, outcomes }]) => [
    `\`${type}\``,
    `\`${builder}\``,
    category,
    action,
    outcomes.join(', '),
  ]);
  const header = ['event type', 'builder', 'category', 'action', 'outcomes'];
  return `### ${service}: \`${name}\`\n\n${markdownTable([header, ...rows])}`;
}

function markdownTable(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const lines = rows.map(
    (row) => `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |\n`,
  );
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |\n`;
  return [lines[0], rule, ...lines.slice(1)].join('');
}
