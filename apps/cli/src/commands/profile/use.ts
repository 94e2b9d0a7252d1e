import { Command } from 'commander';
import type { CommandContext } from '../../command-context.ts';
import { examples } from '../../examples.ts';
import { writeLine } from '../../output/write-line.ts';
import { changeProfiles } from '../../profiles/change-profiles.ts';
import { namedProfile } from '../../profiles/named-profile.ts';

/** `audit profile use`. */
export function useCommand({ stdout }: CommandContext): Command {
  return new Command('use')
    .description('use this profile where none is named')
    .argument('<name>', 'name of the profile')
    .addHelpText('after', examples('audit profile use production', 'AUDIT_PROFILE=staging audit status'))
    .action(async (name: string) => {
      await changeProfiles((file) => {
        namedProfile(file, name);
        return { ...file, current: name };
      });
      writeLine(stdout, `${name} is the current profile`);
    });
}
