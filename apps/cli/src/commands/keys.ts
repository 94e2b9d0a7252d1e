import { Command } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { examples } from '../examples.ts';
import { jsonOption } from '../options/json-option.ts';
import { addServerOptions, readServerOptions, type ServerOptions } from '../options/server-options.ts';
import { jsonLine } from '../output/json.ts';
import { writeLine } from '../output/write-line.ts';
import { requestLogKeys } from '../server/request-evidence.ts';

interface KeysOptions extends ServerOptions {
  readonly json?: boolean;
}

/** `audit keys`. */
export function keysCommand(context: CommandContext): Command {
  return addServerOptions(new Command('keys'))
    .description('show the keys that the server says its log has, to be handed to whoever verifies')
    .addOption(jsonOption())
    .addHelpText(
      'after',
      examples(
        'audit keys',
        'audit keys --json > log-keys.json',
        'audit verify remediation.pack --key log-keys.json',
      ),
    )
    .action((options: KeysOptions) => showKeys(options, context));
}

async function showKeys(options: KeysOptions, { signal, stderr, stdout }: CommandContext): Promise<void> {
  const server = readServerOptions(options);
  const keys = await requestLogKeys(server, signal);
  if (options.json) {
    stdout.write(jsonLine({ keys }));
    return;
  }
  for (const { key } of keys) writeLine(stdout, key);
  writeLine(
    stderr,
    'a key from the server itself proves nothing against it: compare it with one that you got elsewhere',
  );
}
