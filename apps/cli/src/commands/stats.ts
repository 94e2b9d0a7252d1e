import type { AuditStatistics, StatisticsBucket } from '@audit/schema';
import { Command, Option } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { examples } from '../examples.ts';
import { addFilterOptions, type FilterOptions, filterParameters } from '../options/filter-options.ts';
import { jsonOption } from '../options/json-option.ts';
import { addServerOptions, readServerOptions, type ServerOptions } from '../options/server-options.ts';
import { jsonLine } from '../output/json.ts';
import { formatCount } from '../output/quantities.ts';
import { stylesFor } from '../output/styles.ts';
import { type Column, renderTable } from '../output/table.ts';
import { askForJson } from '../server/ask-for-json.ts';

interface StatsOptions extends ServerOptions, FilterOptions {
  readonly interval: 'minute' | 'hour' | 'day';
  readonly json?: boolean;
}

/** `audit stats`. */
export function statsCommand(context: CommandContext): Command {
  return addFilterOptions(addServerOptions(new Command('stats')))
    .description('count events over time, by category and outcome; the last 24 hours unless told otherwise')
    .addOption(
      new Option('--interval <interval>', 'length of a row')
        .choices(['minute', 'hour', 'day'])
        .default('hour'),
    )
    .addOption(jsonOption())
    .addHelpText(
      'after',
      examples(
        'audit stats',
        'audit stats --interval day --since 30d --outcome failure',
        'audit stats --interval minute --since 1h --category gateway',
      ),
    )
    .action((options: StatsOptions) => count(options, context));
}

async function count(options: StatsOptions, context: CommandContext): Promise<void> {
  const { signal, stdout } = context;
  const server = readServerOptions(options);
  const parameters = filterParameters(options);
  parameters.set('interval', options.interval);
  const question = { path: `api/v1/audit/statistics?${parameters}`, what: 'statistics', signal };
  const shape = { buckets: 'object', total: 'number', interval: 'string' } as const;
  const statistics = await askForJson<AuditStatistics>(server, question, shape);
  stdout.write(options.json ? jsonLine(statistics) : renderStatistics(statistics, stdout.hasColors));
}

const barChars = 40;

function renderStatistics(statistics: AuditStatistics, hasColors: boolean): string {
  const { buckets, interval, is_capped: isCapped, total } = statistics;
  const most = buckets.reduce((max, bucket) => Math.max(max, bucket.total), 1);
  const timeChars = interval === 'day' ? 'YYYY-MM-DD'.length : 'YYYY-MM-DDTHH:MM'.length;
  const columns: readonly Column<StatisticsBucket>[] = [
    { title: 'FROM (UTC)', read: ({ start }) => start.slice(0, timeChars).replace('T', ' ') },
    { title: 'EVENTS', align: 'right', read: (bucket) => formatCount(bucket.total) },
    {
      title: 'FAILURES',
      align: 'right',
      read: ({ failures }) => formatCount(failures),
      isAlarm: ({ failures }) => failures > 0,
    },
    { title: '', read: ({ failures, total: all }) => barOf(all, failures, most) },
  ];
  const { bold } = stylesFor(hasColors);
  const sum = `${bold(`${isCapped ? 'more than ' : ''}${formatCount(total)} events`)}\n`;
  const parts = [renderTable(columns, buckets, hasColors), sum, renderCounts(statistics, hasColors)];
  return parts.filter((part) => part !== '').join('\n');
}

// Failures are the dark end of a bar.
function barOf(total: number, failures: number, most: number): string {
  const chars = total === 0 ? 0 : Math.max(1, Math.round((total / most) * barChars));
  const failed = failures === 0 ? 0 : Math.max(1, Math.round((failures / most) * barChars));
  return '█'.repeat(Math.min(failed, chars)) + '▒'.repeat(Math.max(0, chars - failed));
}

interface CategoryCount {
  readonly category: string;
  readonly outcome: string;
  readonly count: number;
}

function renderCounts({ buckets }: AuditStatistics, hasColors: boolean): string {
  const counts = new Map<string, CategoryCount>();
  for (const { event_category: category, event_outcome: outcome, count } of buckets.flatMap(
    (bucket) => bucket.counts,
  )) {
    const key = `${category} ${outcome}`;
    counts.set(key, { category, outcome, count: (counts.get(key)?.count ?? 0) + count });
  }
  if (counts.size === 0) return '';
  const rows = [...counts.values()].toSorted((a, b) => b.count - a.count);
  const most = rows[0]?.count ?? 1;
  const columns: readonly Column<CategoryCount>[] = [
    { title: 'CATEGORY', read: ({ category }) => category },
    { title: 'OUTCOME', read: ({ outcome }) => outcome, isAlarm: ({ outcome }) => outcome === 'failure' },
    { title: 'EVENTS', align: 'right', read: (row) => formatCount(row.count) },
    { title: '', read: (row) => '▒'.repeat(Math.max(1, Math.round((row.count / most) * barChars))) },
  ];
  return renderTable(columns, rows, hasColors);
}
