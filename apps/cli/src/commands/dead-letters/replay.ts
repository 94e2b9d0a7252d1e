import { removeDeadLetter } from '@audit/spool';
import { Command } from 'commander';
import type { CommandContext } from '../../command-context.ts';
import { CommandFailure } from '../../command-failure.ts';
import {
  addLetterPlace,
  type KeptLetter,
  type LetterPlace,
  readKeptLetters,
} from '../../dead-letters/kept-letter.ts';
import { selectLetters } from '../../dead-letters/select-letters.ts';
import { examples } from '../../examples.ts';
import {
  addServerOptions,
  readServerOptions,
  type ServerAccess,
  type ServerOptions,
} from '../../options/server-options.ts';
import { countOf } from '../../output/quantities.ts';
import { writeLine } from '../../output/write-line.ts';
import { postEvent } from '../../server/post-event.ts';

interface ReplayOptions extends LetterPlace, ServerOptions {
  readonly all?: boolean;
}

/** `audit dead-letters replay`. */
export function replayCommand(context: CommandContext): Command {
  return addServerOptions(addLetterPlace(new Command('replay')))
    .description('send refused events again, for example to a newer server')
    .argument('[ids...]', 'ids from the list, or ids of the events')
    .option('--all', 'every dead letter there')
    .addHelpText(
      'after',
      examples(
        'audit dead-letters replay 019bbbd8-dbe5-792d-9ab5-0a1dc0e416ca --url https://audit.example.com',
        'AUDIT_URL=https://audit.example.com AUDIT_TOKEN=... audit dead-letters replay --all',
      ),
    )
    .action((ids: string[], options: ReplayOptions) => replayLetters(ids, options, context));
}

async function replayLetters(
  ids: readonly string[],
  options: ReplayOptions,
  context: CommandContext,
): Promise<void> {
  const server = readServerOptions(options);
  const selected = selectLetters(await readKeptLetters(options), { ids, all: options.all ?? false });
  const counts = { replayed: 0, refused: 0 };
  try {
    for (const kept of selected) {
      if (context.signal.aborted) throw new CommandFailure('incomplete', 'stopped; the rest is kept');
      const isReplayed = await replayLetter(kept, server, context);
      counts[isReplayed ? 'replayed' : 'refused'] += 1;
    }
  } finally {
    const kept = selected.length - counts.replayed;
    writeLine(context.stdout, `${countOf(counts.replayed, 'dead letter')} replayed, ${kept} kept`);
  }
  if (counts.refused > 0)
    throw new CommandFailure('incomplete', `the server refused ${countOf(counts.refused, 'event')} again`);
}

/** Says whether the server has taken the event; when it has, the dead letter is gone. */
async function replayLetter(
  { directory, letter }: KeptLetter,
  server: ServerAccess,
  { stdout }: CommandContext,
): Promise<boolean> {
  const outcome = await postEvent(server, letter.text);
  if (outcome.status === 'refused') {
    writeLine(stdout, `kept ${letter.id}: ${outcome.reason}`);
    return false;
  }
  const reason = `${server.url.href} answered ${outcome.httpStatus}`;
  await removeDeadLetter(directory, letter.id, { outcome: 'replayed', reason });
  writeLine(stdout, `replayed ${letter.id}`);
  return true;
}
