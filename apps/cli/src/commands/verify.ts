import { readFileSync, statSync } from 'node:fs';
import type { RecordSelection } from '@audit/integrity';
import { Argument, Command, Option } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { CommandFailure } from '../command-failure.ts';
import { examples } from '../examples.ts';
import { addSequenceOptions } from '../options/export-options.ts';
import { jsonOption } from '../options/json-option.ts';
import { addServerOptions, readServerOptions, type ServerOptions } from '../options/server-options.ts';
import { stateDirectoryOption } from '../options/state-directory.ts';
import { addTrustOptions, readTrust, repeatable, type TrustOptions } from '../options/trust-options.ts';
import { createProgress, type Progress } from '../output/progress.ts';
import { writeLine } from '../output/write-line.ts';
import { conclude } from '../verification/conclude.ts';
import { DisclosedRecords, renderValues, requireValues } from '../verification/disclosed-values.ts';
import { readDisclosureFile } from '../verification/disclosure-file.ts';
import { reportFinding, requireAccepted } from '../verification/report-finding.ts';
import { trustFor } from '../verification/server-trust.ts';
import { type ExportClaim, verifyFile } from '../verification/verify-file.ts';
import { verifyLog } from '../verification/verify-log.ts';

interface VerifyOptions extends TrustOptions, ServerOptions {
  readonly checkpoint?: string;
  readonly filtered?: keyof typeof selections;
  readonly fromSequence?: number;
  readonly toSequence?: number;
  readonly disclosure: readonly string[];
  readonly stateDir: string;
  readonly json?: boolean;
}

const selections = {
  correlation: 'correlations',
  other: 'some',
} as const satisfies Record<string, RecordSelection>;

/** `audit verify`. */
export function verifyCommand(context: CommandContext): Command {
  const command = new Command('verify')
    .description('verify an evidence pack or an export offline, or the whole log of a server')
    .addArgument(new Argument('[file]', 'evidence pack, or export as jsonl; left out for the log of --url'))
    .addOption(new Option('--checkpoint <file>', 'signed checkpoint of the log that an export is of'))
    .addOption(
      new Option(
        '--filtered <by>',
        'the export was made with --correlation alone, or with other filters',
      ).choices(Object.keys(selections)),
    )
    .addOption(
      repeatable('--disclosure <file>', 'values from "audit disclose", to prove by the file; repeatable'),
    );
  addServerOptions(addTrustOptions(addSequenceOptions(command, 'the export was made')));
  return command
    .addOption(stateDirectoryOption())
    .addOption(jsonOption())
    .addHelpText(
      'after',
      examples(
        'audit verify remediation.pack --key audit.example.com/log+72b5e219+AcTF...',
        'audit verify trail.jsonl --checkpoint checkpoint --key log-keys.json --witness witnesses.txt',
        'audit verify remediation.jsonl --filtered correlation --consistency-only',
        'audit verify remediation.pack --key log-keys.json --disclosure values.json',
        'audit verify --url https://audit.example.com --key audit.example.com/log+72b5e219+AcTF...',
      ),
    )
    .action((file: string | undefined, options: VerifyOptions) => {
      // A variable that names the server is for other commands as well.
      const isServerNamed = command.getOptionValueSource('url') === 'cli';
      if (file === undefined) return verifyServer(options, context);
      if (!isServerNamed) return verifyGivenFile(file, options, context);
      throw new CommandFailure('usage', 'give a file or --url, not both');
    });
}

async function verifyGivenFile(file: string, options: VerifyOptions, context: CommandContext): Promise<void> {
  const { now, stderr, stdout } = context;
  const trust = readTrust(options);
  const claim = claimOf(options);
  const disclosed = new DisclosedRecords(options.disclosure.map(readDisclosureFile));
  const total = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  const progress = createProgress(stderr, { total, what: 'bytes', now });
  let bytes = 0;
  const onPiece = (piece: Uint8Array) => {
    disclosed.push(piece);
    bytes += piece.length;
    progress.show(bytes);
  };
  const finding = await verifyFile(file, { trust, claim, onPiece }).finally(progress.end);
  // Of a file that is broken nothing is believed.
  const values = finding.report.verdict === 'broken' ? [] : disclosed.verify();
  const members = options.disclosure.length > 0 ? { disclosed: values } : {};
  reportFinding(finding, { options, claim, output: stdout, after: renderValues(values), members });
  requireAccepted(finding, options);
  requireValues(values);
}

async function verifyServer(options: VerifyOptions, context: CommandContext): Promise<void> {
  requireNoFileOptions(options);
  const { now, signal, stderr } = context;
  const given = readTrust(options);
  const server = readServerOptions(options);
  const trust = await trustFor(server, given, signal);
  let progress: Progress | undefined;
  const verified = await verifyLog(server, {
    ...trust,
    signal,
    stateDirectory: options.stateDir,
    onNotice: (notice) => writeLine(stderr, notice),
    onBegin: (begun, total) => {
      progress = createProgress(stderr, { total, begun, what: 'records', now });
      return progress.show;
    },
  }).finally(() => progress?.end());
  await conclude(verified, { ...trust, options, context });
}

function requireNoFileOptions({ url, ...options }: VerifyOptions): void {
  if (url === undefined)
    throw new CommandFailure('usage', 'what is to be verified? Give a file, or a server with --url');
  const given = (['checkpoint', 'filtered', 'fromSequence', 'toSequence'] as const).some(
    (name) => options[name] !== undefined,
  );
  if (given || options.disclosure.length > 0)
    throw new CommandFailure(
      'usage',
      '--checkpoint, --filtered, --disclosure and sequences are for files: a server is verified as a whole',
    );
}

function claimOf({ checkpoint, filtered, fromSequence, toSequence }: VerifyOptions): ExportClaim {
  if (toSequence !== undefined && toSequence < (fromSequence ?? 0))
    throw new CommandFailure('usage', '--to-sequence: expected a position not below --from-sequence');
  return {
    selection: filtered === undefined ? 'every' : selections[filtered],
    ...(checkpoint !== undefined && { checkpoint: readCheckpoint(checkpoint) }),
    ...(fromSequence !== undefined && { fromSequence }),
    ...(toSequence !== undefined && { toSequence }),
  };
}

function readCheckpoint(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const message = `--checkpoint: expected a file with a signed checkpoint, received ${file}`;
    throw new CommandFailure('usage', message, { cause: error });
  }
}
