import { Command } from 'commander';
import type { CommandContext } from '../../command-context.ts';
import { examples } from '../../examples.ts';
import { jsonOption } from '../../options/json-option.ts';
import { jsonLine } from '../../output/json.ts';
import { type Column, renderTable } from '../../output/table.ts';
import { writeLine } from '../../output/write-line.ts';
import { readViews, type ViewFilters } from '../../views/view-file.ts';

/** `audit view list`. */
export function listCommand({ stdout }: CommandContext): Command {
  return new Command('list')
    .description('show the searches that were kept')
    .addOption(jsonOption())
    .addHelpText('after', examples('audit view list'))
    .action(({ json }: { readonly json?: boolean }) => {
      const rows = [...readViews()].map(([name, filters]): Row => ({ name, filters }));
      if (json) stdout.write(rows.map(jsonLine).join(''));
      else if (rows.length === 0)
        writeLine(stdout, 'no search is kept; "audit query --outcome failure --save failures" keeps one');
      else stdout.write(renderTable(columns, rows, stdout.hasColors));
    });
}

interface Row {
  readonly name: string;
  readonly filters: ViewFilters;
}

const columns: readonly Column<Row>[] = [
  { title: 'NAME', read: ({ name }) => name },
  {
    title: 'FILTERS',
    read: ({ filters }) =>
      Object.entries(filters)
        .map(([name, text]) => `${name}=${text}`)
        .join(' '),
  },
];
