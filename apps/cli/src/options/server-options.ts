import { readFileSync } from 'node:fs';
import { type Command, Option } from 'commander';
import { CommandFailure } from '../command-failure.ts';
import { chooseProfile, type ProfileChoice } from '../profiles/choose-profile.ts';
import type { Profile } from '../profiles/profile.ts';
import { trustAuthorities } from './trust-authorities.ts';

/** Where a command finds the server, and what it may do there. */
export interface ServerAccess {
  /** Ends with a slash; a path is kept as prefix. */
  readonly url: URL;
  /** Bearer token; never printed. */
  readonly token?: string;
}

/** What a person gives to name the server. */
export interface ServerOptions extends ProfileChoice {
  readonly token?: string;
}

/** Adds `--url`, `--token` and `--profile`, each with its variable, to a command that talks to the server. */
export function addServerOptions(command: Command): Command {
  return command
    .addOption(new Option('--url <url>', 'address of the server').env('AUDIT_URL'))
    .addOption(
      new Option('--token <token>', 'bearer token; the variable keeps it out of the process list').env(
        'AUDIT_TOKEN',
      ),
    )
    .addOption(profileOption());
}

/** The option that names a profile. */
export function profileOption(): Option {
  return new Option(
    '--profile <name>',
    'server, token and keys of this profile; default the current one',
  ).env('AUDIT_PROFILE');
}

/**
 * Reads the options of {@link addServerOptions}; what they leave out is taken from the profile. Checked here and not by the
 * options: their errors would show the value, password or token included.
 * @throws {CommandFailure} `usage`
 */
export function readServerOptions(options: ServerOptions): ServerAccess {
  const profile = chooseProfile(options);
  const given = options.url ?? profile.url;
  if (given === undefined)
    throw new CommandFailure(
      'usage',
      'which server? Give --url, AUDIT_URL or a profile ("audit help profile")',
    );
  const url = parseServerUrl(given);
  if (profile.ca !== undefined) trustAuthorities(profile.ca);
  const token = options.token ?? tokenOf(profile);
  // fetch shows a token that no header can hold in its error.
  if (token !== undefined && !/^[\x21-\x7e]+$/.test(token))
    throw new CommandFailure(
      'usage',
      '--token, AUDIT_TOKEN or the profile: expected a token without spaces and line ends',
    );
  return { url, ...(token !== undefined && { token }) };
}

function tokenOf({ token, tokenFile }: Profile): string | undefined {
  if (token !== undefined || tokenFile === undefined) return token;
  try {
    return readFileSync(tokenFile, 'utf8').trim();
  } catch (error) {
    const message = `the profile names ${tokenFile} as file with the token, which cannot be read`;
    throw new CommandFailure('usage', message, { cause: error });
  }
}

/**
 * Reads the address of a server.
 * @throws {CommandFailure} `usage`; the address is not shown, as it may hold a password
 */
export function parseServerUrl(text: string): URL {
  const url = /^https?:\/\//i.test(text) && URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || url.username !== '' || url.password !== '')
    throw new CommandFailure(
      'usage',
      '--url, AUDIT_URL or the profile: expected an http or https URL without user name and password',
    );
  url.search = '';
  url.hash = '';
  if (!url.pathname.endsWith('/')) url.pathname += '/';
  return url;
}
