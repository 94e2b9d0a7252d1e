import { type Command, InvalidArgumentError, Option } from 'commander';
import { disclosuresOption } from './export-options.ts';
import { jsonOption } from './json-option.ts';
import { addServerOptions, type ServerOptions } from './server-options.ts';
import { stateDirectoryOption } from './state-directory.ts';
import { addTrustOptions, type TrustOptions } from './trust-options.ts';

/** What a person gives to have a pack made and verified. */
export interface PackOptions extends ServerOptions, TrustOptions {
  readonly stateDir: string;
  readonly output?: string;
  readonly disclosures?: boolean;
  readonly json?: boolean;
}

/** Adds the options of a command that has a pack made and verifies it. */
export function addPackOptions(command: Command): Command {
  return addTrustOptions(addServerOptions(command))
    .addOption(fileOption('--output <file>', 'save the evidence pack'))
    .addOption(disclosuresOption())
    .addOption(stateDirectoryOption())
    .addOption(jsonOption());
}

/** An option that names a file to write. */
export function fileOption(flags: string, description: string): Option {
  return new Option(flags, description).argParser((text) => {
    if (text !== '') return text;
    throw new InvalidArgumentError('Expected a file.');
  });
}
