import { Command } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { CommandFailure } from '../command-failure.ts';
import { examples } from '../examples.ts';
import { jsonOption } from '../options/json-option.ts';
import { addServerOptions, readServerOptions, type ServerOptions } from '../options/server-options.ts';
import { harmlessJson, indentJson } from '../output/json.ts';
import { requestEvents } from '../server/request-events.ts';

interface ShowOptions extends ServerOptions {
  readonly json?: boolean;
}

/** `audit show`. */
export function showCommand(context: CommandContext): Command {
  return addServerOptions(new Command('show'))
    .description('show one event with all its members')
    .argument('<event-id>', 'id of the event')
    .addOption(jsonOption())
    .addHelpText('after', examples('audit show 019bbbad-4606-7c83-8695-a8e7c7176213'))
    .action((eventId: string, options: ShowOptions) => show(eventId, options, context));
}

async function show(eventId: string, options: ShowOptions, context: CommandContext): Promise<void> {
  const { signal, stdout } = context;
  const server = readServerOptions(options);
  const filters = new URLSearchParams({ event_id: eventId });
  const { records } = await requestEvents(server, { filters, order: 'desc', limit: 1, signal });
  const [record] = records;
  if (record === undefined)
    throw new CommandFailure('usage', `the server has no event ${eventId}, or it was purged`);
  stdout.write(`${options.json ? harmlessJson(record.text) : indentJson(record.text)}\n`);
}
