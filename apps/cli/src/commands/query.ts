import { Command, Option } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { CommandFailure } from '../command-failure.ts';
import { createEventTable } from '../events/event-table.ts';
import type { ServedRecord } from '../events/served-record.ts';
import { examples } from '../examples.ts';
import {
  addFilterOptions,
  detailOption,
  type FilterOptions,
  filterOption,
  filterParameters,
} from '../options/filter-options.ts';
import { jsonOption } from '../options/json-option.ts';
import { addServerOptions, readServerOptions, type ServerOptions } from '../options/server-options.ts';
import { wholeNumber } from '../options/whole-number.ts';
import { harmlessJson } from '../output/json.ts';
import { oneLine } from '../output/one-line.ts';
import { countOf, formatCount } from '../output/quantities.ts';
import { writeLine } from '../output/write-line.ts';
import {
  type EventPage,
  type EventTotal,
  requestEventPages,
  requestEventTotal,
} from '../server/request-events.ts';
import { changeViews, namedView, readViews } from '../views/view-file.ts';

interface QueryOptions extends ServerOptions, FilterOptions {
  readonly format: keyof typeof writers;
  readonly json?: boolean;
  readonly limit: number;
  readonly all?: boolean;
  readonly order: 'asc' | 'desc';
  readonly view?: string;
  readonly save?: string;
}

/** `audit query`. */
export function queryCommand(context: CommandContext): Command {
  return addFilterOptions(addServerOptions(new Command('query')))
    .description('find events: every filter narrows the result, newest first')
    .addOption(detailOption())
    .addOption(
      filterOption('--view <name>', 'the filters that were kept under this name; others come on top'),
    )
    .addOption(
      filterOption('--save <name>', 'keep the filters under this name; "audit view list" shows them'),
    )
    .addOption(new Option('--limit <n>', 'show so many').argParser(wholeNumber(1, 999_999_999)).default(50))
    .addOption(new Option('--all', 'show every event that matches, page after page').conflicts('limit'))
    .addOption(
      new Option('--order <order>', 'newest or oldest first, by the order of the log')
        .choices(['asc', 'desc'])
        .default('desc'),
    )
    .addOption(
      new Option('--format <format>', 'a table, one JSON array, or a record on each line')
        .choices(Object.keys(writers))
        .default('table'),
    )
    .addOption(jsonOption().implies({ format: 'jsonl' }))
    .addHelpText(
      'after',
      examples(
        'audit query --since 1h --outcome failure',
        'audit query --detail alert_name=HighErrorRate --since 7d --limit 10',
        'audit query --outcome failure --since 24h --save failures',
        'audit query --view failures --namespace payments',
        'audit query --actor marta.keller@example.com --all --format jsonl > decisions.jsonl',
        'audit query --correlation rr-3f9ab2c41d07-5e8c1a7b --order asc --all | less -S',
      ),
    )
    .action((options: QueryOptions) => query(options, context));
}

async function query(options: QueryOptions, context: CommandContext): Promise<void> {
  const { all, format, limit, order } = options;
  const server = readServerOptions(options);
  const write = writers[format](context);
  const wanted = all ? undefined : limit;
  const question = { filters: filtersOf(options), order, limit: wanted, signal: context.signal };
  if (options.save !== undefined) await save(options.save, question.filters, context);
  let shown = 0;
  let last: EventPage | undefined;
  for await (const page of requestEventPages(server, question)) {
    if (page.records.length > 0) await write.page(page.records);
    shown += page.records.length;
    last = page;
  }
  await write.end();
  if (format !== 'table') return;
  const hasMore = last?.nextCursor !== undefined && shown > 0;
  const total = hasMore ? await requestEventTotal(server, question) : undefined;
  writeLine(context.stderr, summaryOf(shown, last?.purged ?? 0, total));
}

// What is given replaces what the view has of the same name.
function filtersOf(options: QueryOptions): URLSearchParams {
  const given = filterParameters(options);
  if (options.view === undefined) return given;
  return new URLSearchParams({ ...namedView(readViews(), options.view), ...Object.fromEntries(given) });
}

async function save(name: string, filters: URLSearchParams, { stderr }: CommandContext): Promise<void> {
  if (filters.size === 0) throw new CommandFailure('usage', 'nothing to keep: give --save with filters');
  await changeViews((views) => new Map(views).set(name, Object.fromEntries(filters)));
  writeLine(stderr, `kept as view ${oneLine(name)}; "audit help query" tells of --view`);
}

// Written beside the result, so that a pager or a program gets events alone.
function summaryOf(shown: number, purgedRecords: number, total: EventTotal | undefined): string {
  const purged = purgedRecords === 0 ? '' : `; ${countOf(purgedRecords, 'record')} purged`;
  if (shown === 0) return `no event matches${purged}`;
  if (total === undefined) return `${countOf(shown, 'event')}${purged}`;
  const matches = `${total.isCapped ? 'more than ' : ''}${formatCount(Math.max(total.matches, shown))}`;
  return `${formatCount(shown)} of ${matches} events: --limit or --all shows more${purged}`;
}

interface RecordWriter {
  page(records: readonly ServedRecord[]): Promise<void>;
  end(): Promise<void>;
}

const encoder = new TextEncoder();

const writers = {
  table: ({ stdout }: CommandContext): RecordWriter => {
    const table = createEventTable(stdout.hasColors);
    return {
      page: (records) => stdout.writeBytes(encoder.encode(table(records))),
      end: async () => {},
    };
  },
  json: ({ stdout }: CommandContext): RecordWriter => {
    let before = '[\n';
    return {
      page: (records) => {
        const text = before + records.map((record) => harmlessJson(record.text)).join(',\n');
        before = ',\n';
        return stdout.writeBytes(encoder.encode(text));
      },
      end: () => stdout.writeBytes(encoder.encode(before === '[\n' ? '[]\n' : '\n]\n')),
    };
  },
  jsonl: ({ stdout }: CommandContext): RecordWriter => ({
    page: (records) =>
      stdout.writeBytes(encoder.encode(records.map(({ text }) => `${harmlessJson(text)}\n`).join(''))),
    end: async () => {},
  }),
};
