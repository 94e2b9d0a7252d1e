import type { Trust } from '@audit/integrity';
import { type Command, Option } from 'commander';
import { readLogKeys, readWitnessKeys } from '../verification/read-keys.ts';

/** What a person gives to say whom he believes, and how much he asks for. */
export interface TrustOptions {
  readonly key: readonly string[];
  readonly witness: readonly string[];
  readonly consistencyOnly?: boolean;
}

/** Adds `--key`, `--witness` and `--consistency-only`. */
export function addTrustOptions(command: Command): Command {
  return command
    .addOption(repeatable('--key <key>', 'key of the log that you trust, or a file with keys; repeatable'))
    .addOption(repeatable('--witness <key>', 'key of a witness that you trust, or a file; repeatable'))
    .addOption(
      new Option('--consistency-only', 'ask only whether it agrees with itself, not whether it is proven'),
    );
}

/**
 * Reads the keys that were given.
 * @throws {CommandFailure} `usage`
 */
export function readTrust({ key, witness }: TrustOptions): Trust {
  return { keys: readLogKeys(key), witnesses: readWitnessKeys(witness) };
}

/** An option that can be given several times. */
export function repeatable(flags: string, description: string): Option {
  return new Option(flags, description)
    .argParser((text: string, before: readonly string[]) => [...before, text])
    .default([], 'none');
}
