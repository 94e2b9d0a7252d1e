import { Command } from 'commander';
import type { CommandContext } from '../../command-context.ts';
import {
  addLetterPlace,
  type KeptLetter,
  type LetterPlace,
  readKeptLetters,
} from '../../dead-letters/kept-letter.ts';
import { letterJson } from '../../dead-letters/letter-json.ts';
import { selectLetter } from '../../dead-letters/select-letters.ts';
import { examples } from '../../examples.ts';
import { jsonOption } from '../../options/json-option.ts';
import { indentJson, jsonLine } from '../../output/json.ts';
import { renderMembers } from '../../output/members.ts';
import { formatAge } from '../../output/quantities.ts';

interface InspectOptions extends LetterPlace {
  readonly json?: boolean;
}

/** `audit dead-letters inspect`. */
export function inspectCommand(context: CommandContext): Command {
  return addLetterPlace(new Command('inspect'))
    .description('show one refused event in full, and what the server said')
    .argument('<id>', 'id from the list, or the id of the event')
    .addOption(jsonOption())
    .addHelpText(
      'after',
      examples(
        'audit dead-letters inspect 019bbbd8-dbe5-792d-9ab5-0a1dc0e416ca',
        'audit dead-letters inspect 019bbbd8-dbe5-792d-9ab5-0a1dc0e416ca --json | jq -r .text > event.json',
      ),
    )
    .action((id: string, options: InspectOptions) => inspectLetter(id, options, context));
}

async function inspectLetter(id: string, options: InspectOptions, context: CommandContext): Promise<void> {
  const { stdout, now } = context;
  const kept = selectLetter(await readKeptLetters(options), id);
  if (options.json) stdout.write(jsonLine({ ...letterJson(kept), text: kept.letter.text }));
  else stdout.write(`${renderMembers(membersOf(kept, now()))}\n${indentJson(kept.letter.text)}\n`);
}

function membersOf({ directory, letter }: KeptLetter, nowMs: number): Readonly<Record<string, string>> {
  const ago = (time: string) => `${time} (${formatAge(nowMs - Date.parse(time))} ago)`;
  return {
    id: letter.id,
    spool: directory,
    emitted: ago(letter.appendedAt),
    'given up': ago(letter.diedAt),
    reason: letter.reason,
    'server said': letter.detail,
  };
}
