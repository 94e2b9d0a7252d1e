import { Command, Option } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { renderEventLine } from '../events/event-line.ts';
import { memberText } from '../events/served-record.ts';
import { examples } from '../examples.ts';
import {
  addFilterOptions,
  detailOption,
  type FilterOptions,
  filterParameters,
} from '../options/filter-options.ts';
import { jsonOption } from '../options/json-option.ts';
import { addServerOptions, readServerOptions, type ServerOptions } from '../options/server-options.ts';
import { wholeNumber } from '../options/whole-number.ts';
import { harmlessJson } from '../output/json.ts';
import { countOf } from '../output/quantities.ts';
import { writeLine } from '../output/write-line.ts';
import { followLog, type LogNews, type SeenSkipped } from '../server/follow-log.ts';

interface TailOptions extends ServerOptions, FilterOptions {
  readonly after?: number;
  readonly behindMax?: number;
  readonly limit?: number;
  readonly json?: boolean;
}

/** `audit tail`. */
export function tailCommand(context: CommandContext): Command {
  return addFilterOptions(addServerOptions(new Command('tail')))
    .description('show events as they are stored, until Ctrl-C; a broken connection is taken up where it was')
    .addOption(detailOption())
    .addOption(
      new Option(
        '--after <sequence>',
        'begin behind this position of the log; -1 is the first record',
      ).argParser((text) => (text === '-1' ? -1 : wholeNumber(0, 999_999_999_999_999)(text))),
    )
    .addOption(
      new Option(
        '--behind-max <n>',
        'skip the oldest, and say so, when more than so many positions behind',
      ).argParser(wholeNumber(1, 1_000_000)),
    )
    .addOption(new Option('--limit <n>', 'end after so many events').argParser(wholeNumber(1, 999_999_999)))
    .addOption(jsonOption())
    .addHelpText(
      'after',
      examples(
        'audit tail --outcome failure',
        'audit tail --correlation rr-3f9ab2c41d07-5e8c1a7b --after -1',
        "audit tail --json --after 4711 | jq -r '.event_type'",
      ),
    )
    .action((options: TailOptions) => tail(options, context));
}

async function tail(options: TailOptions, context: CommandContext): Promise<void> {
  const { after, behindMax, limit = Number.POSITIVE_INFINITY } = options;
  const { signal, stderr, stdout } = context;
  const server = readServerOptions(options);
  const question = { filters: filterParameters(options), after, behindMax, signal };
  let shown = 0;
  let last: string | undefined;
  for await (const news of followLog(server, question)) {
    if (news.kind !== 'record') {
      writeLine(stderr, noteOf(news));
      continue;
    }
    const { record } = news;
    stdout.write(options.json ? `${harmlessJson(record.text)}\n` : renderEventLine(record, stdout));
    last = memberText(record.members.sequence);
    shown += 1;
    if (shown >= limit) break;
  }
  if (stderr.isTerminal) writeLine(stderr, endOf(shown, last));
}

function noteOf(news: Exclude<LogNews, { kind: 'record' }>): string {
  if (news.kind === 'skipped') return skippedText(news.skipped);
  const behind = news.position === undefined ? '' : ` behind position ${news.position}`;
  return news.kind === 'lost' ? `-- ${news.reason}; trying again${behind}` : `-- connected again${behind}`;
}

function skippedText({ count, from_sequence, reason, to_sequence }: SeenSkipped): string {
  const why = reason === 'purged' ? 'purged' : 'skipped to keep up';
  return `-- ${memberText(count)} records ${why}: positions ${memberText(from_sequence)} to ${memberText(to_sequence)}`;
}

function endOf(shown: number, last: string | undefined): string {
  return last === undefined ? 'no event came' : `${countOf(shown, 'event')}; go on with --after ${last}`;
}
