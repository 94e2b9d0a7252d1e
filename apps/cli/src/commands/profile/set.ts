import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import type { CommandContext } from '../../command-context.ts';
import { CommandFailure } from '../../command-failure.ts';
import { examples } from '../../examples.ts';
import { parseServerUrl } from '../../options/server-options.ts';
import { repeatable } from '../../options/trust-options.ts';
import { writeLine } from '../../output/write-line.ts';
import { changeProfiles } from '../../profiles/change-profiles.ts';
import type { Profile } from '../../profiles/profile.ts';
import { type ProfileFile, profilePath } from '../../profiles/profile-file.ts';
import { readLogKeys, readWitnessKeys } from '../../verification/read-keys.ts';

interface SetOptions {
  readonly url?: string;
  readonly tokenFile?: string;
  readonly ca?: string;
  readonly key: readonly string[];
  readonly witness: readonly string[];
}

/** `audit profile set`. */
export function setCommand(context: CommandContext): Command {
  return new Command('set')
    .description('make a profile, or change what is given of it; the first one becomes the current one')
    .argument('<name>', 'name of the profile', parseName)
    .option('--url <url>', 'address of the server')
    .addOption(fileOption('--token-file <file>', 'file with the bearer token, read each time it is needed'))
    .addOption(
      fileOption('--ca <file>', 'certificates of authorities to trust beside those of the system, PEM'),
    )
    .addOption(repeatable('--key <key>', 'key of the log that you trust, or a file with keys; repeatable'))
    .addOption(repeatable('--witness <key>', 'key of a witness that you trust, or a file; repeatable'))
    .addHelpText(
      'after',
      examples(
        'audit profile set production --url https://audit.example.com --token-file ~/.config/audit/production.token',
        'audit profile set production --key log-keys.json --ca company-ca.pem',
      ),
    )
    .action((name: string, options: SetOptions) => set(name, options, context));
}

async function set(name: string, options: SetOptions, { stdout }: CommandContext): Promise<void> {
  const given = profileOf(options);
  if (Object.keys(given).length === 0)
    throw new CommandFailure('usage', 'nothing to set: give --url, --token-file, --ca, --key or --witness');
  await changeProfiles((file) => withProfile(file, name, given));
  writeLine(stdout, `profile ${name} is in ${profilePath()}`);
}

function withProfile({ current = '', profiles }: ProfileFile, name: string, given: Profile): ProfileFile {
  const before = Object.hasOwn(profiles, name) ? profiles[name] : undefined;
  const changed = { ...profiles, [name]: { ...before, ...given } };
  return { current: current === '' ? name : current, profiles: changed };
}

// What cannot work is refused now, and not at three in the morning.
function profileOf({ ca, key, tokenFile, url, witness }: SetOptions): Profile {
  if (url !== undefined) parseServerUrl(url);
  readLogKeys(key);
  readWitnessKeys(witness);
  return {
    ...(url !== undefined && { url }),
    ...(tokenFile !== undefined && { tokenFile }),
    ...(ca !== undefined && { ca }),
    ...(key.length > 0 && { key: key.map(absoluteIfFile) }),
    ...(witness.length > 0 && { witness: witness.map(absoluteIfFile) }),
  };
}

// A command is called from any directory.
function absoluteIfFile(text: string): string {
  return existsSync(text) ? resolve(text) : text;
}

function fileOption(flags: string, description: string): Option {
  return new Option(flags, description).argParser((text) => {
    if (existsSync(text)) return resolve(text);
    throw new InvalidArgumentError('Expected a file that is there.');
  });
}

function parseName(text: string): string {
  if (/^[\w.-]{1,64}$/.test(text) && text !== '__proto__') return text;
  throw new InvalidArgumentError('Expected letters, digits, ".", "-" and "_".');
}
