import type { ListedRecord, MoreChecks, Population } from '@audit/integrity';
import { Command } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { examples } from '../examples.ts';
import { addPackOptions, type PackOptions } from '../options/pack-options.ts';
import { readServerOptions } from '../options/server-options.ts';
import { readTrust } from '../options/trust-options.ts';
import { renderMembers } from '../output/members.ts';
import { conclude } from '../verification/conclude.ts';
import { answerCheck, verifyServedPack } from '../verification/served-pack.ts';
import { trustFor } from '../verification/server-trust.ts';

/** `audit prove`. */
export function proveCommand(context: CommandContext): Command {
  return addPackOptions(new Command('prove'))
    .description('have one event proven by the server, and verify the proof at once')
    .argument('<event-id>', 'id of the event')
    .addHelpText(
      'after',
      examples(
        'audit prove 019bbbad-4606-7c83-8695-a8e7c7176213 --url https://audit.example.com --key log-keys.json',
        'audit prove 019bbbad-4606-7c83-8695-a8e7c7176213 --key log-keys.json --output event.pack',
        'audit verify event.pack --key log-keys.json',
      ),
    )
    .action((eventId: string, options: PackOptions) => prove(eventId, options, context));
}

async function prove(eventId: string, options: PackOptions, context: CommandContext): Promise<void> {
  const given = readTrust(options);
  const server = readServerOptions(options);
  const trust = await trustFor(server, given, context.signal);
  const served = await verifyServedPack(server, {
    ...trust,
    parameters: new URLSearchParams({
      event_id: eventId,
      ...(options.disclosures && { disclosures: 'included' }),
    }),
    subject: `event ${eventId}`,
    output: options.output,
    stateDirectory: options.stateDir,
    signal: context.signal,
    checkAnswer: (population, records) => checkRecord(eventId, population, records),
  });
  const [record] = served.records;
  await conclude(served, {
    ...trust,
    options,
    context,
    before: record === undefined ? '' : `${renderMembers(membersOf(record))}\n`,
    members: { file: options.output ?? null, record: record ?? null },
  });
}

function checkRecord(eventId: string, population: Population, records: readonly ListedRecord[]): MoreChecks {
  const [record] = records;
  const isOne =
    population.kind === 'range' && population.end - population.begin === 1 && records.length === 1;
  if (isOne && record?.is_purged) {
    const statement = `the purged record is that of event ${eventId}, which only the server says`;
    return { checks: [{ statement, outcome: 'not_checked' }] };
  }
  const isAsked = record?.event_id?.toLowerCase() === eventId.toLowerCase();
  return answerCheck(`the record is that of event ${eventId}`, isOne && isAsked);
}

function membersOf(record: ListedRecord): Readonly<Record<string, string>> {
  const members = {
    event: record.event_id,
    type: record.event_type,
    time: record.event_timestamp,
    outcome: record.event_outcome,
    correlation: record.correlation_id,
    record: record.is_purged ? `${record.sequence}, purged` : String(record.sequence),
  };
  return Object.fromEntries(
    Object.entries(members).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}
