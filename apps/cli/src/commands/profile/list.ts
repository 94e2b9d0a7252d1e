import { Command } from 'commander';
import type { CommandContext } from '../../command-context.ts';
import { examples } from '../../examples.ts';
import { jsonOption } from '../../options/json-option.ts';
import { jsonLine } from '../../output/json.ts';
import { type Column, renderTable } from '../../output/table.ts';
import { writeLine } from '../../output/write-line.ts';
import type { Profile } from '../../profiles/profile.ts';
import { profilePath, readProfileFile } from '../../profiles/profile-file.ts';
import { profileJson } from '../../profiles/profile-json.ts';

/** `audit profile list`. */
export function listCommand({ stdout }: CommandContext): Command {
  return new Command('list')
    .description('show the profiles; * is the current one')
    .addOption(jsonOption())
    .addHelpText('after', examples('audit profile list'))
    .action(({ json }: { readonly json?: boolean }) => {
      const { current, profiles } = readProfileFile();
      const rows = Object.entries(profiles).map(
        ([name, profile]): Row => ({ name, profile, isCurrent: name === current }),
      );
      if (json)
        stdout.write(rows.map(({ name, profile }) => jsonLine(profileJson(name, profile, current))).join(''));
      else if (rows.length === 0)
        writeLine(stdout, `no profile in ${profilePath()}; "audit help profile set" tells how to make one`);
      else stdout.write(renderTable(columns, rows, stdout.hasColors));
    });
}

interface Row {
  readonly name: string;
  readonly profile: Profile;
  readonly isCurrent: boolean;
}

const columns: readonly Column<Row>[] = [
  { title: '', read: ({ isCurrent }) => (isCurrent ? '*' : '') },
  { title: 'NAME', read: ({ name }) => name },
  { title: 'URL', read: ({ profile }) => profile.url ?? '' },
  {
    title: 'TOKEN',
    read: ({ profile }) => (profile.token === undefined ? (profile.tokenFile ?? 'none') : 'in the file'),
  },
  { title: 'KEYS', read: ({ profile }) => String(profile.key?.length ?? 0), align: 'right' },
  { title: 'WITNESSES', read: ({ profile }) => String(profile.witness?.length ?? 0), align: 'right' },
];
