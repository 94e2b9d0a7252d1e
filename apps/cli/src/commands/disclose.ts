import { resolve } from 'node:path';
import { Command } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { examples } from '../examples.ts';
import { writeFileWhole } from '../exports/write-file-whole.ts';
import { jsonOption } from '../options/json-option.ts';
import { fileOption } from '../options/pack-options.ts';
import { addServerOptions, readServerOptions, type ServerOptions } from '../options/server-options.ts';
import { jsonLine } from '../output/json.ts';
import { countOf } from '../output/quantities.ts';
import { writeLine } from '../output/write-line.ts';
import { askForText, notFrom } from '../server/ask-server.ts';
import { type EventDisclosures, safeParseDisclosures } from '../verification/disclosure-file.ts';

interface DiscloseOptions extends ServerOptions {
  readonly output: string;
  readonly json?: boolean;
}

/** `audit disclose`. */
export function discloseCommand(context: CommandContext): Command {
  return addServerOptions(new Command('disclose'))
    .description(
      'take out the personal data of one event, to be proven by a pack or an export that withholds it',
    )
    .argument('<event-id>', 'id of the event')
    .addOption(fileOption('--output <file>', 'file to write, readable by you alone').makeOptionMandatory())
    .addOption(jsonOption())
    .addHelpText(
      'after',
      examples(
        'audit disclose 019bbbad-4606-7c83-8695-a8e7c7176213 --output values.json',
        'audit verify remediation.pack --key log-keys.json --disclosure values.json',
      ),
    )
    .action((eventId: string, options: DiscloseOptions) => disclose(eventId, options, context));
}

async function disclose(eventId: string, options: DiscloseOptions, context: CommandContext): Promise<void> {
  const server = readServerOptions(options);
  const path = `api/v1/audit/events/${encodeURIComponent(eventId)}/disclosures`;
  const question = { path, accept: 'application/json', what: 'disclosure', signal: context.signal };
  const text = await askForText(server, question);
  const disclosed = safeParseDisclosures(text);
  if (disclosed === undefined || disclosed.eventId !== eventId.toLowerCase()) throw notFrom(server, question);
  await writeFileWhole(resolve(options.output), [new TextEncoder().encode(`${text.trimEnd()}\n`)]);
  if (options.json) context.stdout.write(jsonLine(toJson(disclosed, options)));
  else writeLine(context.stdout, describe(disclosed, options));
}

function toJson(disclosed: EventDisclosures, { output }: DiscloseOptions): object {
  const { erased, eventId, sequence } = disclosed;
  return { file: output, event_id: eventId, sequence, pointers: pointersOf(disclosed), erased };
}

// The values are in the file, and in nobody's scrollback.
function describe(disclosed: EventDisclosures, { output }: DiscloseOptions): string {
  const pointers = pointersOf(disclosed);
  const values = `${countOf(pointers.length, 'value')} of record ${disclosed.sequence} in ${output}`;
  const { erased } = disclosed;
  return [
    pointers.length === 0 ? values : `${values}: ${pointers.join(', ')}`,
    ...(erased.length === 0 ? [] : [`${erased.length} erased: ${erased.join(', ')}`]),
  ].join('; ');
}

function pointersOf({ disclosures }: EventDisclosures): readonly string[] {
  return disclosures.map(({ pointer }) => pointer);
}
