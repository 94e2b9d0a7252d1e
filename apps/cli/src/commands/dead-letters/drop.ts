import { removeDeadLetter } from '@audit/spool';
import { Command, InvalidArgumentError, Option } from 'commander';
import type { CommandContext } from '../../command-context.ts';
import { CommandFailure } from '../../command-failure.ts';
import { addLetterPlace, type LetterPlace, readKeptLetters } from '../../dead-letters/kept-letter.ts';
import { selectLetters } from '../../dead-letters/select-letters.ts';
import { examples } from '../../examples.ts';
import { countOf } from '../../output/quantities.ts';
import { writeLine } from '../../output/write-line.ts';

interface DropOptions extends LetterPlace {
  readonly all?: boolean;
  readonly reason: string;
  readonly yes?: boolean;
}

/** `audit dead-letters drop`. */
export function dropCommand(context: CommandContext): Command {
  return addLetterPlace(new Command('drop'))
    .description('give refused events up: none of them will ever be stored')
    .argument('[ids...]', 'ids from the list, or ids of the events')
    .option('--all', 'every dead letter there')
    .addOption(
      new Option('--reason <text>', 'why, for whoever asks later; kept in dropped.jsonl')
        .makeOptionMandatory()
        .argParser(parseReason),
    )
    .option('--yes', 'do not ask')
    .addHelpText(
      'after',
      examples(
        'audit dead-letters drop 019bbbd8-dbe5-792d-9ab5-0a1dc0e416ca --reason "test event of the drill"',
        'audit dead-letters drop --all --directory /var/lib/audit-spool/gateway/0 --reason "drill" --yes',
      ),
    )
    .action((ids: string[], options: DropOptions) => dropLetters(ids, options, context));
}

async function dropLetters(
  ids: readonly string[],
  options: DropOptions,
  context: CommandContext,
): Promise<void> {
  const selected = selectLetters(await readKeptLetters(options), { ids, all: options.all ?? false });
  if (!options.yes && selected.length > 0) await confirm(selected.length, context);
  let dropped = 0;
  for (const { directory, letter } of selected) {
    // Somebody else may have been faster; then theirs is the reason that is kept.
    const isDropped = await removeDeadLetter(directory, letter.id, {
      outcome: 'dropped',
      reason: options.reason,
    });
    writeLine(context.stdout, `${isDropped ? 'dropped' : 'gone before'} ${letter.id}`);
    if (isDropped) dropped += 1;
  }
  writeLine(context.stdout, `${countOf(dropped, 'dead letter')} dropped`);
}

/** Asks when somebody is there to answer. */
async function confirm(count: number, { ask }: CommandContext): Promise<void> {
  if (ask === undefined) return;
  const answer = await ask(`Drop ${countOf(count, 'dead letter')}? They will never be stored. [y/N] `);
  if (!/^y(es)?$/i.test(answer.trim())) throw new CommandFailure('incomplete', 'nothing was dropped');
}

function parseReason(text: string): string {
  if (text.trim() !== '') return text;
  throw new InvalidArgumentError('Expected a reason.');
}
