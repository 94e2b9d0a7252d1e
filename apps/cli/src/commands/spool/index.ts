import { Command } from 'commander';
import type { CommandContext } from '../../command-context.ts';
import { inspectCommand } from './inspect.ts';
import { listCommand } from './list.ts';
import { replayCommand } from './replay.ts';

/** `audit spool`: the queues on this machine in which events wait for a server. */
export function spoolCommand(context: CommandContext): Command {
  return new Command('spool')
    .description('events that wait on this machine for a server')
    .addCommand(listCommand(context))
    .addCommand(inspectCommand(context))
    .addCommand(replayCommand(context));
}
