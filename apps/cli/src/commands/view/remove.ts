import { Command } from 'commander';
import type { CommandContext } from '../../command-context.ts';
import { examples } from '../../examples.ts';
import { oneLine } from '../../output/one-line.ts';
import { writeLine } from '../../output/write-line.ts';
import { changeViews, namedView } from '../../views/view-file.ts';

/** `audit view remove`. */
export function removeCommand({ stdout }: CommandContext): Command {
  return new Command('remove')
    .description('keep a search no longer')
    .argument('<name>', 'name of the view')
    .addHelpText('after', examples('audit view remove failures'))
    .action(async (name: string) => {
      await changeViews((views) => {
        namedView(views, name);
        return new Map([...views].filter(([other]) => other !== name));
      });
      writeLine(stdout, `view ${oneLine(name)} is removed`);
    });
}
