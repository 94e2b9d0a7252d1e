import { resolve } from 'node:path';
import { Command, Option } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { CommandFailure } from '../command-failure.ts';
import { examples } from '../examples.ts';
import { type ExportTally, tallied } from '../exports/export-tally.ts';
import { writeFileWhole } from '../exports/write-file-whole.ts';
import {
  addExportOptions,
  type ExportOptions,
  exportParameters,
  isUnfiltered,
} from '../options/export-options.ts';
import { addServerOptions, readServerOptions, type ServerOptions } from '../options/server-options.ts';
import { createProgress } from '../output/progress.ts';
import { countOf, formatBytes, formatCount } from '../output/quantities.ts';
import { writeLine } from '../output/write-line.ts';
import { requestExport } from '../server/request-records.ts';

interface ExportCommandOptions extends ServerOptions, ExportOptions {
  readonly output: string;
}

/** `audit export`. */
export function exportCommand(context: CommandContext): Command {
  return addExportOptions(addServerOptions(new Command('export')))
    .description('take records out of the log, exact bytes, one a line')
    .addOption(
      new Option('--output <file>', 'file to write; it gets its name when it is complete').default(
        '-',
        'standard output',
      ),
    )
    .addHelpText(
      'after',
      examples(
        'audit export --url https://audit.example.com --output trail.jsonl',
        'audit export --correlation rr-3f9ab2c41d07-5e8c1a7b --output remediation.jsonl',
        'audit export --format csv --since 7d --category gateway --output week.csv',
      ),
    )
    .action((options: ExportCommandOptions) => exportRecords(options, context));
}

async function exportRecords(options: ExportCommandOptions, context: CommandContext): Promise<void> {
  const server = readServerOptions(options);
  if (options.output === '-' && context.stdout.isTerminal)
    throw new CommandFailure(
      'usage',
      'records are exact bytes, which a terminal would obey: give --output, or send them to a file or a program',
    );
  if (options.output === '') throw new CommandFailure('usage', '--output: expected a file');
  const { logSize, pieces } = await requestExport(server, exportParameters(options), context.signal);
  const expected = expectedRecords(options, logSize);
  const tally: ExportTally = { bytes: 0, lines: 0 };
  const progress = createProgress(context.stderr, {
    total: expected,
    what: options.format === 'csv' ? 'lines' : 'records',
    now: context.now,
  });
  const counted = tallied(pieces, tally, ({ lines }) => progress.show(lines));
  try {
    if (options.output === '-') for await (const piece of counted) await context.stdout.writeBytes(piece);
    else await writeFileWhole(resolve(options.output), counted);
  } finally {
    progress.end();
  }
  if (options.output !== '-') writeLine(context.stderr, describe(options, tally, logSize));
  requireComplete(options, tally, expected);
}

// Of how many matches a filter has, nobody knows before the end.
function expectedRecords(options: ExportOptions, logSize: number): number | undefined {
  if (options.format === 'csv' || !isUnfiltered(options)) return undefined;
  const end = Math.min((options.toSequence ?? logSize) + 1, logSize);
  return Math.max(0, end - (options.fromSequence ?? 0));
}

function describe({ format, output }: ExportCommandOptions, tally: ExportTally, logSize: number): string {
  const size = formatBytes(tally.bytes);
  const what = format === 'csv' ? size : `${countOf(tally.lines, 'record')} (${size})`;
  return `${what} of a log of ${formatCount(logSize)} in ${output}`;
}

// What came is complete as an answer; a record that is missing in it is missing in the log.
function requireComplete({ output }: ExportCommandOptions, { lines }: ExportTally, expected = lines): void {
  if (lines === expected) return;
  throw new CommandFailure(
    'notVerified',
    `${countOf(lines, 'record')} came where the log should have ${formatCount(expected)}: "audit verify ${output}" says which are missing`,
  );
}
