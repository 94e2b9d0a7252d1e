import { Command } from 'commander';
import type { CommandContext } from '../../command-context.ts';
import { listCommand } from './list.ts';
import { placeCommand } from './place.ts';
import { releaseCommand } from './release.ts';

/** `audit hold`: correlations of which no record is purged or erased. */
export function holdCommand(context: CommandContext): Command {
  return new Command('hold')
    .description('legal holds: correlations of which nothing is purged or erased')
    .addCommand(placeCommand(context))
    .addCommand(listCommand(context))
    .addCommand(releaseCommand(context));
}
