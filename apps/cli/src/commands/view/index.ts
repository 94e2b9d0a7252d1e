import { Command } from 'commander';
import type { CommandContext } from '../../command-context.ts';
import { listCommand } from './list.ts';
import { removeCommand } from './remove.ts';

/** `audit view`: searches that were kept under names by `audit query --save`. */
export function viewCommand(context: CommandContext): Command {
  return new Command('view')
    .description('searches that "audit query --save" kept under names')
    .addCommand(listCommand(context))
    .addCommand(removeCommand(context));
}
