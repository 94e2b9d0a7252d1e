import type { RetentionPolicy } from '@audit/schema';
import { Command } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { examples } from '../examples.ts';
import { jsonOption } from '../options/json-option.ts';
import { addServerOptions, readServerOptions, type ServerOptions } from '../options/server-options.ts';
import { jsonLine } from '../output/json.ts';
import { formatCount } from '../output/quantities.ts';
import { type Column, renderTable } from '../output/table.ts';
import { writeLine } from '../output/write-line.ts';
import { askForJson } from '../server/ask-for-json.ts';

interface RetentionOptions extends ServerOptions {
  readonly json?: boolean;
}

/** `audit retention`. */
export function retentionCommand(context: CommandContext): Command {
  return addServerOptions(new Command('retention'))
    .description('show how long records are kept, and whether the server purges them then')
    .addOption(jsonOption())
    .addHelpText('after', examples('audit retention', 'audit retention --json'))
    .action((options: RetentionOptions) => showRetention(options, context));
}

async function showRetention(options: RetentionOptions, { signal, stdout }: CommandContext): Promise<void> {
  const server = readServerOptions(options);
  const question = { path: 'api/v1/audit/retention', what: 'retention policy', signal };
  const shape = { is_purging: 'boolean', category_retention_days: 'object' } as const;
  const policy = await askForJson<RetentionPolicy>(server, question, shape);
  if (options.json) {
    stdout.write(jsonLine(policy));
    return;
  }
  stdout.write(renderTable(columns, periodsOf(policy), stdout.hasColors));
  writeLine(stdout, '');
  writeLine(
    stdout,
    policy.is_purging
      ? 'the server purges what has expired, but nothing that is held; days that a record names itself come first'
      : 'the server purges nothing: it runs with retention off',
  );
}

interface Period {
  readonly category: string;
  readonly days: number;
}

function periodsOf(policy: RetentionPolicy): readonly Period[] {
  const own = policy.category_retention_days.map(({ event_category: category, retention_days: days }) => ({
    category,
    days,
  }));
  return [...own, { category: own.length === 0 ? 'all' : 'all others', days: policy.default_retention_days }];
}

const columns: readonly Column<Period>[] = [
  { title: 'CATEGORY', read: ({ category }) => category },
  { title: 'DAYS', align: 'right', read: ({ days }) => formatCount(days) },
];
