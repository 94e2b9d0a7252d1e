import { readFileSync } from 'node:fs';
import type { RecordSelection } from '@audit/integrity';
import { type Command, Option } from 'commander';
import { CommandFailure } from '../command-failure.ts';
import type { ExportClaim } from '../verification/verify-file.ts';
import { addSequenceOptions } from './export-options.ts';

/** What a person gives to say how an export was made. */
export interface ClaimOptions {
  readonly checkpoint?: string;
  readonly filtered?: keyof typeof selections;
  readonly fromSequence?: number;
  readonly toSequence?: number;
}

const selections = {
  correlation: 'correlations',
  other: 'some',
} as const satisfies Record<string, RecordSelection>;

/** Adds the options that say how an export was made. */
export function addClaimOptions(command: Command): Command {
  const more = command
    .addOption(new Option('--checkpoint <file>', 'signed checkpoint of the log that an export is of'))
    .addOption(
      new Option(
        '--filtered <by>',
        'the export was made with --correlation alone, or with other filters',
      ).choices(Object.keys(selections)),
    );
  return addSequenceOptions(more, 'the export was made');
}

/**
 * Reads how an export was made.
 * @throws {CommandFailure} `usage`
 */
export function readClaim({ checkpoint, filtered, fromSequence, toSequence }: ClaimOptions): ExportClaim {
  if (toSequence !== undefined && toSequence < (fromSequence ?? 0))
    throw new CommandFailure('usage', '--to-sequence: expected a position not below --from-sequence');
  return {
    selection: filtered === undefined ? 'every' : selections[filtered],
    ...(checkpoint !== undefined && { checkpoint: readCheckpoint(checkpoint) }),
    ...(fromSequence !== undefined && { fromSequence }),
    ...(toSequence !== undefined && { toSequence }),
  };
}

/** Whether nothing was said about how an export was made. */
export function isUnclaimed({ checkpoint, filtered, fromSequence, toSequence }: ClaimOptions): boolean {
  return [checkpoint, filtered, fromSequence, toSequence].every((value) => value === undefined);
}

function readCheckpoint(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const message = `--checkpoint: expected a file with a signed checkpoint, received ${file}`;
    throw new CommandFailure('usage', message, { cause: error });
  }
}
