import type { Trust } from '@audit/integrity';
import { type Command, Option } from 'commander';
import { chooseProfile, type ProfileChoice } from '../profiles/choose-profile.ts';
import { readLogKeys, readWitnessKeys } from '../verification/read-keys.ts';

/** What a person gives to say whom he believes, and how much he asks for. */
export interface TrustOptions extends ProfileChoice {
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
 * Reads the keys that were given; when none was, those of the profile.
 * @throws {CommandFailure} `usage`
 */
export function readTrust(options: TrustOptions): Trust {
  const { key, witness, consistencyOnly } = options;
  const isGiven = key.length > 0 || witness.length > 0 || consistencyOnly === true;
  const known = isGiven ? {} : chooseProfile(options);
  return {
    keys: readLogKeys(known.key ?? key),
    witnesses: readWitnessKeys(known.witness ?? witness),
  };
}

/** An option that can be given several times. */
export function repeatable(flags: string, description: string): Option {
  return new Option(flags, description)
    .argParser((text: string, before: readonly string[]) => [...before, text])
    .default([], 'none');
}
