import { Command } from 'commander';
import type { CommandContext } from '../../command-context.ts';
import { dropCommand } from './drop.ts';
import { inspectCommand } from './inspect.ts';
import { listCommand } from './list.ts';
import { replayCommand } from './replay.ts';

/** `audit dead-letters`: events that a server refused for good, kept until a person decides. */
export function deadLettersCommand(context: CommandContext): Command {
  return new Command('dead-letters')
    .description('events that a server refused for good')
    .addCommand(listCommand(context))
    .addCommand(inspectCommand(context))
    .addCommand(replayCommand(context))
    .addCommand(dropCommand(context));
}
