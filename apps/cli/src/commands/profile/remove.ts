import { Command } from 'commander';
import type { CommandContext } from '../../command-context.ts';
import { examples } from '../../examples.ts';
import { writeLine } from '../../output/write-line.ts';
import { changeProfiles } from '../../profiles/change-profiles.ts';
import { namedProfile } from '../../profiles/named-profile.ts';

/** `audit profile remove`. */
export function removeCommand({ stdout }: CommandContext): Command {
  return new Command('remove')
    .description('remove a profile; the files that it names stay')
    .argument('<name>', 'name of the profile')
    .addHelpText('after', examples('audit profile remove staging'))
    .action(async (name: string) => {
      await changeProfiles((file) => {
        namedProfile(file, name);
        const profiles = Object.fromEntries(
          Object.entries(file.profiles).filter(([other]) => other !== name),
        );
        return {
          profiles,
          ...(file.current !== name && file.current !== undefined && { current: file.current }),
        };
      });
      writeLine(stdout, `profile ${name} is removed`);
    });
}
