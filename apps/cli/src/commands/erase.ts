import type { PersonalDataErasureResponse } from '@audit/schema';
import { Command, Option } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { CommandFailure } from '../command-failure.ts';
import { examples } from '../examples.ts';
import { filterOption } from '../options/filter-options.ts';
import { jsonOption } from '../options/json-option.ts';
import { reasonOption } from '../options/reason-option.ts';
import { addServerOptions, readServerOptions, type ServerOptions } from '../options/server-options.ts';
import { jsonLine } from '../output/json.ts';
import { countOf } from '../output/quantities.ts';
import { writeLine } from '../output/write-line.ts';
import { askForJson } from '../server/ask-for-json.ts';

interface EraseOptions extends ServerOptions {
  readonly subject?: string;
  readonly event?: string;
  readonly pointer?: string;
  readonly reason: string;
  readonly despiteHold?: boolean;
  readonly yes?: boolean;
  readonly json?: boolean;
}

/** `audit erase`. */
export function eraseCommand(context: CommandContext): Command {
  return addServerOptions(new Command('erase'))
    .description('erase personal data for ever; records, hashes and proofs stay as they are')
    .addOption(
      filterOption(
        '--subject <value>',
        'every member with exactly this value; the variable keeps it out of histories',
      )
        .env('AUDIT_SUBJECT')
        .conflicts(['event', 'pointer']),
    )
    .addOption(filterOption('--event <event-id>', 'a member of this event, with --pointer'))
    .addOption(filterOption('--pointer <pointer>', 'JSON pointer to the member: /actor_id'))
    .addOption(reasonOption())
    .addOption(new Option('--despite-hold', 'members under legal hold as well'))
    .option('--yes', 'do not ask')
    .addOption(jsonOption())
    .addHelpText(
      'after',
      examples(
        'audit erase --subject marta.keller@example.com --reason "request 2026-17 under Art. 17 GDPR"',
        'audit erase --event 019bbbad-4606-7c83-8695-a8e7c7176213 --pointer /actor_id --reason "request 2026-17"',
      ),
    )
    .action((options: EraseOptions) => erase(options, context));
}

async function erase(options: EraseOptions, context: CommandContext): Promise<void> {
  const { signal, stdout } = context;
  const selector = selectorOf(options);
  const server = readServerOptions(options);
  if (!options.yes) await confirm(context);
  const body = { ...selector, reason: options.reason, ...(options.despiteHold && { despite_hold: true }) };
  const path = 'api/v1/audit/personal-data/erase';
  const question = { path, method: 'POST', body, what: 'erasure', signal } as const;
  const shape = { members_erased: 'number', records_affected: 'number' } as const;
  const erased = await askForJson<PersonalDataErasureResponse>(server, question, shape);
  if (options.json) stdout.write(jsonLine(erased));
  else writeLine(stdout, describe(erased));
}

function selectorOf({ event, pointer, subject }: EraseOptions): object {
  if (subject !== undefined) return { subject };
  if (event !== undefined && pointer !== undefined) return { event_id: event, pointer };
  throw new CommandFailure('usage', 'whose data? Give --subject, or --event and --pointer');
}

/** Asks when somebody is there to answer. */
async function confirm({ ask }: CommandContext): Promise<void> {
  if (ask === undefined) return;
  const answer = await ask('Erase this data for ever? Nobody can bring it back. [y/N] ');
  if (!/^y(es)?$/i.test(answer.trim())) throw new CommandFailure('incomplete', 'nothing was erased');
}

function describe(erased: PersonalDataErasureResponse): string {
  const { members_erased: members, members_kept_under_hold: kept, records_affected: records } = erased;
  const held = kept === 0 ? '' : `; ${countOf(kept, 'member')} kept under legal hold`;
  return `${countOf(members, 'member')} of ${countOf(records, 'record')} erased, as request ${erased.request_id} tells${held}`;
}
