import { type Command, Option } from 'commander';
import { CommandFailure } from '../command-failure.ts';

/** Where a command finds the server, and what it may do there. */
export interface ServerAccess {
  /** Ends with a slash; a path is kept as prefix. */
  readonly url: URL;
  /** Bearer token; never printed. */
  readonly token?: string;
}

/** What a person gives to name the server. */
export interface ServerOptions {
  readonly url?: string;
  readonly token?: string;
}

/** Adds `--url` and `--token`, each with its variable, to a command that talks to the server. */
export function addServerOptions(command: Command): Command {
  return command
    .addOption(new Option('--url <url>', 'address of the server').env('AUDIT_URL'))
    .addOption(
      new Option('--token <token>', 'bearer token; the variable keeps it out of the process list').env(
        'AUDIT_TOKEN',
      ),
    );
}

/**
 * Checks the options of {@link addServerOptions}. It is done here and not by the options: their errors would show the
 * value, password or token included.
 * @throws {CommandFailure} `usage`
 */
export function readServerOptions({ url, token }: ServerOptions): ServerAccess {
  if (url === undefined) throw new CommandFailure('usage', 'which server? Give --url or AUDIT_URL');
  // fetch shows a token that no header can hold in its error.
  if (token !== undefined && !/^[\x21-\x7e]+$/.test(token))
    throw new CommandFailure(
      'usage',
      '--token or AUDIT_TOKEN: expected a token without spaces and line ends',
    );
  return { url: parseUrl(url), ...(token !== undefined && { token }) };
}

function parseUrl(text: string): URL {
  const url = /^https?:\/\//i.test(text) && URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || url.username !== '' || url.password !== '')
    throw new CommandFailure(
      'usage',
      '--url or AUDIT_URL: expected an http or https URL without user name and password',
    );
  url.search = '';
  url.hash = '';
  if (!url.pathname.endsWith('/')) url.pathname += '/';
  return url;
}
