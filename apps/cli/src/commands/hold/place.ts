import type { LegalHold } from '@audit/schema';
import { Command } from 'commander';
import type { CommandContext } from '../../command-context.ts';
import { examples } from '../../examples.ts';
import { jsonOption } from '../../options/json-option.ts';
import { reasonOption } from '../../options/reason-option.ts';
import { addServerOptions, readServerOptions, type ServerOptions } from '../../options/server-options.ts';
import { jsonLine } from '../../output/json.ts';
import { countOf } from '../../output/quantities.ts';
import { writeLine } from '../../output/write-line.ts';
import { askForJson } from '../../server/ask-for-json.ts';

interface PlaceOptions extends ServerOptions {
  readonly reason: string;
  readonly json?: boolean;
}

/** `audit hold place`. */
export function placeCommand(context: CommandContext): Command {
  return addServerOptions(new Command('place'))
    .description('keep every record of a correlation, those that come later included')
    .argument('<correlation>', 'correlation id')
    .addOption(reasonOption())
    .addOption(jsonOption())
    .addHelpText('after', examples('audit hold place rr-3f9ab2c41d07-5e8c1a7b --reason "case 2026-114"'))
    .action((correlationId: string, options: PlaceOptions) => place(correlationId, options, context));
}

async function place(correlationId: string, options: PlaceOptions, context: CommandContext): Promise<void> {
  const { signal, stdout } = context;
  const server = readServerOptions(options);
  const body = { correlation_id: correlationId, reason: options.reason };
  const question = {
    path: 'api/v1/audit/legal-hold',
    method: 'POST',
    body,
    what: 'legal hold',
    signal,
  } as const;
  const hold = await askForJson<LegalHold>(server, question, {
    correlation_id: 'string',
    events_affected: 'number',
  });
  if (options.json) stdout.write(jsonLine(hold));
  else {
    const { correlation_id: id, events_affected: events, placed_by: by } = hold;
    writeLine(stdout, `${id} is held: ${countOf(events, 'event')}, placed by ${by}`);
  }
}
