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
import { fileOption } from '../options/pack-options.ts';
import {
  addServerOptions,
  readServerOptions,
  type ServerAccess,
  type ServerOptions,
} from '../options/server-options.ts';
import { createProgress } from '../output/progress.ts';
import { countOf, formatBytes, formatCount } from '../output/quantities.ts';
import { writeLine } from '../output/write-line.ts';
import { requestCheckpoint } from '../server/request-evidence.ts';
import { requestExport, requestPack } from '../server/request-records.ts';

interface ExportCommandOptions extends ServerOptions, ExportOptions {
  readonly output: string;
  readonly withCheckpoint?: string;
}

/** `audit export`. */
export function exportCommand(context: CommandContext): Command {
  return addExportOptions(addServerOptions(new Command('export')))
    .description('take records out of the log: exact bytes, one a line, or with all that proves them')
    .addOption(
      new Option('--output <file>', 'file to write; it gets its name when it is complete').default(
        '-',
        'standard output',
      ),
    )
    .addOption(
      fileOption(
        '--with-checkpoint <file>',
        'export the whole log up to its newest checkpoint, and write that beside',
      ),
    )
    .addHelpText(
      'after',
      examples(
        'audit export --url https://audit.example.com --output trail.jsonl --with-checkpoint checkpoint',
        'audit export --format pack --correlation rr-3f9ab2c41d07-5e8c1a7b --output remediation.pack',
        'audit export --format csv --since 7d --category gateway --output week.csv',
      ),
    )
    .action((options: ExportCommandOptions) => exportRecords(options, context));
}

async function exportRecords(given: ExportCommandOptions, context: CommandContext): Promise<void> {
  const server = readServerOptions(given);
  requireUsableOutput(given, context);
  const { checkpoint, options } = await withCheckpoint(server, given, context.signal);
  const request = options.format === 'pack' ? requestPack : requestExport;
  const { logSize, pieces } = await request(server, exportParameters(options), context.signal);
  const expected = expectedRecords(options, logSize);
  const tally: ExportTally = { bytes: 0, lines: 0 };
  const what = countsRecords(options) ? 'records' : 'lines';
  const progress = createProgress(context.stderr, { total: expected, what, now: context.now });
  const counted = tallied(pieces, tally, ({ lines }) => progress.show(lines));
  try {
    if (options.output === '-') for await (const piece of counted) await context.stdout.writeBytes(piece);
    else await writeFileWhole(resolve(options.output), counted);
    if (checkpoint !== undefined) await writeFileWhole(resolve(checkpoint.file), [checkpoint.bytes]);
  } finally {
    progress.end();
  }
  if (options.output !== '-') writeLine(context.stderr, describe(options, tally, logSize));
  requireComplete(options, tally, expected);
}

function requireUsableOutput(options: ExportCommandOptions, { stdout }: CommandContext): void {
  if (options.output === '-' && stdout.isTerminal)
    throw new CommandFailure(
      'usage',
      'records are exact bytes, which a terminal would obey: give --output, or send them to a file or a program',
    );
  if (options.output === '') throw new CommandFailure('usage', '--output: expected a file');
  if (options.withCheckpoint === options.output)
    throw new CommandFailure('usage', '--with-checkpoint: expected another file than --output');
  const { format, fromSequence, toSequence, withCheckpoint } = options;
  const isWhole = format === 'jsonl' && isUnfiltered(options) && fromSequence === undefined;
  if (withCheckpoint !== undefined && !(isWhole && toSequence === undefined))
    throw new CommandFailure(
      'usage',
      '--with-checkpoint is for the whole log as jsonl; "--format pack" proves a part of it',
    );
}

interface CheckpointedExport {
  readonly options: ExportCommandOptions;
  readonly checkpoint?: { readonly file: string; readonly bytes: Uint8Array };
}

// The checkpoint comes first: records that are stored meanwhile are beyond it, and left out.
async function withCheckpoint(
  server: ServerAccess,
  options: ExportCommandOptions,
  signal: AbortSignal,
): Promise<CheckpointedExport> {
  if (options.withCheckpoint === undefined) return { options };
  const { note, stated } = await requestCheckpoint(server, signal);
  if (stated.size === 0)
    throw new CommandFailure('usage', '--with-checkpoint: the log is empty, there is nothing to export');
  return {
    options: { ...options, toSequence: stated.size - 1 },
    checkpoint: { file: options.withCheckpoint, bytes: new TextEncoder().encode(note) },
  };
}

// A line is a record where nothing else can stand.
function countsRecords({ disclosures, format }: ExportOptions): boolean {
  return format === 'jsonl' && !disclosures;
}

// Of how many matches a filter has, nobody knows before the end.
function expectedRecords(options: ExportOptions, logSize: number): number | undefined {
  if (!countsRecords(options) || !isUnfiltered(options)) return undefined;
  const end = Math.min((options.toSequence ?? logSize) + 1, logSize);
  return Math.max(0, end - (options.fromSequence ?? 0));
}

function describe(options: ExportCommandOptions, tally: ExportTally, logSize: number): string {
  const size = formatBytes(tally.bytes);
  const what = countsRecords(options) ? `${countOf(tally.lines, 'record')} (${size})` : size;
  return `${what} of a log of ${formatCount(logSize)} in ${options.output}`;
}

// What came is complete as an answer; a record that is missing in it is missing in the log.
function requireComplete({ output }: ExportCommandOptions, { lines }: ExportTally, expected = lines): void {
  if (lines === expected) return;
  throw new CommandFailure(
    'notVerified',
    `${countOf(lines, 'record')} came where the log should have ${formatCount(expected)}: "audit verify ${output}" says which are missing`,
  );
}
