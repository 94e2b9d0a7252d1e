import { Argument, Command } from 'commander';
import type { CommandContext } from '../../command-context.ts';
import { CommandFailure } from '../../command-failure.ts';
import { examples } from '../../examples.ts';
import { jsonOption } from '../../options/json-option.ts';
import { indentJson, jsonLine } from '../../output/json.ts';
import { namedProfile } from '../../profiles/named-profile.ts';
import { readProfileFile } from '../../profiles/profile-file.ts';
import { profileJson } from '../../profiles/profile-json.ts';

/** `audit profile show`. */
export function showCommand({ stdout }: CommandContext): Command {
  return new Command('show')
    .description('show a profile, without its token')
    .addArgument(new Argument('[name]', 'name of the profile; default the current one'))
    .addOption(jsonOption())
    .addHelpText('after', examples('audit profile show', 'audit profile show production --json'))
    .action((named: string | undefined, { json }: { readonly json?: boolean }) => {
      const file = readProfileFile();
      const name = named ?? file.current;
      if (name === undefined) throw new CommandFailure('usage', 'there is no current profile; name one');
      const shown = profileJson(name, namedProfile(file, name), file.current);
      stdout.write(json ? jsonLine(shown) : `${indentJson(JSON.stringify(shown))}\n`);
    });
}
