import type { LegalHoldRelease } from '@audit/schema';
import { Command } from 'commander';
import type { CommandContext } from '../../command-context.ts';
import { CommandFailure } from '../../command-failure.ts';
import { examples } from '../../examples.ts';
import { jsonOption } from '../../options/json-option.ts';
import { reasonOption } from '../../options/reason-option.ts';
import { addServerOptions, readServerOptions, type ServerOptions } from '../../options/server-options.ts';
import { jsonLine } from '../../output/json.ts';
import { countOf } from '../../output/quantities.ts';
import { writeLine } from '../../output/write-line.ts';
import { askForJson } from '../../server/ask-for-json.ts';

interface ReleaseOptions extends ServerOptions {
  readonly reason: string;
  readonly json?: boolean;
}

/** `audit hold release`. */
export function releaseCommand(context: CommandContext): Command {
  return addServerOptions(new Command('release'))
    .description('end a hold: the records may be purged and erased again')
    .argument('<correlation>', 'correlation id')
    .addOption(reasonOption())
    .addOption(jsonOption())
    .addHelpText('after', examples('audit hold release rr-3f9ab2c41d07-5e8c1a7b --reason "case closed"'))
    .action((correlationId: string, options: ReleaseOptions) => release(correlationId, options, context));
}

async function release(
  correlationId: string,
  options: ReleaseOptions,
  { signal, stdout }: CommandContext,
): Promise<void> {
  if (correlationId === '') throw new CommandFailure('usage', 'which correlation? It is empty');
  const server = readServerOptions(options);
  const path = `api/v1/audit/legal-hold/${encodeURIComponent(correlationId)}`;
  const body = { release_reason: options.reason };
  const question = { path, method: 'DELETE', body, what: 'release', signal } as const;
  const shape = { correlation_id: 'string', events_released: 'number' } as const;
  const released = await askForJson<LegalHoldRelease>(server, question, shape);
  if (options.json) stdout.write(jsonLine(released));
  else {
    const { correlation_id: id, events_released: events, released_by: by } = released;
    writeLine(stdout, `${id} is held no longer: ${countOf(events, 'event')}, released by ${by}`);
  }
}
