import { Command } from 'commander';
import type { CommandContext } from '../../command-context.ts';
import { listCommand } from './list.ts';
import { removeCommand } from './remove.ts';
import { setCommand } from './set.ts';
import { showCommand } from './show.ts';
import { useCommand } from './use.ts';

/** `audit profile`: servers by name, each with what is needed to use and to trust it. */
export function profileCommand(context: CommandContext): Command {
  return new Command('profile')
    .description('servers by name, with token and keys')
    .addCommand(setCommand(context))
    .addCommand(useCommand(context))
    .addCommand(listCommand(context))
    .addCommand(showCommand(context))
    .addCommand(removeCommand(context));
}
