import { readFileSync, statSync } from 'node:fs';
import type { RecordSelection } from '@audit/integrity';
import { Argument, Command, Option } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { CommandFailure } from '../command-failure.ts';
import { examples } from '../examples.ts';
import { addSequenceOptions } from '../options/export-options.ts';
import { jsonOption } from '../options/json-option.ts';
import { jsonLine } from '../output/json.ts';
import { createProgress } from '../output/progress.ts';
import { notShown } from '../verification/not-shown.ts';
import { readLogKeys, readWitnessKeys } from '../verification/read-keys.ts';
import { describeFailure, renderReport } from '../verification/render-report.ts';
import { reportJson } from '../verification/report-json.ts';
import { type ExportClaim, type FileReport, verifyFile } from '../verification/verify-file.ts';

interface VerifyOptions {
  readonly checkpoint?: string;
  readonly key: readonly string[];
  readonly witness: readonly string[];
  readonly filtered?: keyof typeof selections;
  readonly fromSequence?: number;
  readonly toSequence?: number;
  readonly consistencyOnly?: boolean;
  readonly json?: boolean;
}

const selections = {
  correlation: 'correlations',
  other: 'some',
} as const satisfies Record<string, RecordSelection>;

/** `audit verify`. */
export function verifyCommand(context: CommandContext): Command {
  const command = new Command('verify')
    .description('verify an evidence pack or an export, offline, and say what is proven and what is not')
    .addArgument(new Argument('<file>', 'evidence pack, or export as jsonl'))
    .addOption(new Option('--checkpoint <file>', 'signed checkpoint of the log that an export is of'))
    .addOption(repeatable('--key <key>', 'key of the log that you trust, or a file with keys; repeatable'))
    .addOption(repeatable('--witness <key>', 'key of a witness that you trust, or a file; repeatable'))
    .addOption(
      new Option(
        '--filtered <by>',
        'the export was made with --correlation alone, or with other filters',
      ).choices(Object.keys(selections)),
    );
  return addSequenceOptions(command, 'the export was made')
    .addOption(
      new Option(
        '--consistency-only',
        'ask only whether the file agrees with itself, not whether it is proven',
      ),
    )
    .addOption(jsonOption())
    .addHelpText(
      'after',
      examples(
        'audit verify remediation.pack --key audit.example.com/log+72b5e219+AcTF...',
        'audit verify trail.jsonl --checkpoint checkpoint --key log-keys.json --witness witnesses.txt',
        'audit verify trail.jsonl --consistency-only',
        'audit verify remediation.jsonl --filtered correlation --consistency-only',
      ),
    )
    .action((file: string, options: VerifyOptions) => verify(file, options, context));
}

async function verify(file: string, options: VerifyOptions, context: CommandContext): Promise<void> {
  const { stderr, stdout } = context;
  const trust = { keys: readLogKeys(options.key), witnesses: readWitnessKeys(options.witness) };
  const claim = claimOf(options);
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  const progress = createProgress(stderr, size, 'bytes');
  const found = await verifyFile(file, { trust, claim, onProgress: progress.show }).finally(progress.end);
  const accepted = isAccepted(found, options);
  const said = { file, found, notShown: notShown(found, claim) };
  stdout.write(
    options.json
      ? jsonLine(reportJson({ ...said, accepted }))
      : renderReport({ ...said, hasColors: stdout.hasColors }),
  );
  if (!accepted) throw new CommandFailure('notVerified', whyNot(file, found, options));
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

// Whoever names witnesses, or settles for consistency, says by that what he asks for.
function isAccepted({ report }: FileReport, { consistencyOnly, witness }: VerifyOptions): boolean {
  const { verdict } = report;
  if (verdict === 'proven') return true;
  if (verdict === 'broken' || witness.length > 0) return false;
  return verdict === 'consistent_unwitnessed' || consistencyOnly === true;
}

function whyNot(file: string, { kind, report }: FileReport, options: VerifyOptions): string {
  const { failure, verdict } = report;
  if (failure !== undefined) return `${file} is broken: ${describeFailure(failure)}${advice(failure.code)}`;
  if (verdict === 'consistent_unwitnessed') return `${file} is not proven: no witness you named cosigned it`;
  if (options.key.length === 0) return `${file} is not proven: nobody vouches for it without --key`;
  if (kind === 'export' && options.checkpoint === undefined)
    return `${file} is not proven: an export needs the checkpoint of its log (--checkpoint)`;
  return `${file} is not proven: a part of the log has no root that a checkpoint could vouch for`;
}

function advice(code: string): string {
  if (code === 'records_surplus')
    return '. When the checkpoint is older than the export, export up to its size with --to-sequence';
  if (code === 'records_missing') return '. When the checkpoint is newer than the export, export again';
  if (code === 'sequence_gap')
    return '. When records were left out on purpose, say so with --filtered or --from-sequence';
  return '';
}

function repeatable(flags: string, description: string): Option {
  return new Option(flags, description)
    .argParser((text: string, before: readonly string[]) => [...before, text])
    .default([], 'none');
}
