import { Command } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { examples } from '../examples.ts';
import { jsonOption } from '../options/json-option.ts';
import { addServerOptions, readServerOptions, type ServerOptions } from '../options/server-options.ts';
import { jsonLine } from '../output/json.ts';
import { requestTrail } from '../server/request-trail.ts';
import { renderTrail } from '../trails/render-trail.ts';
import { trailJson } from '../trails/trail-json.ts';

interface TrailOptions extends ServerOptions {
  readonly json?: boolean;
}

/** `audit trail`. */
export function trailCommand(context: CommandContext): Command {
  return addServerOptions(new Command('trail'))
    .description('tell a remediation as a timeline: durations, actors, failures first, gaps')
    .argument('<correlation>', 'correlation id, the name of the RemediationRequest')
    .addOption(jsonOption())
    .addHelpText(
      'after',
      examples(
        'audit trail rr-3f9ab2c41d07-5e8c1a7b',
        'audit trail rr-3f9ab2c41d07-5e8c1a7b | less -S',
        "audit trail rr-3f9ab2c41d07-5e8c1a7b --json | jq '.gaps'",
      ),
    )
    .action((correlationId: string, options: TrailOptions) => tell(correlationId, options, context));
}

async function tell(correlationId: string, options: TrailOptions, context: CommandContext): Promise<void> {
  const { now, signal, stdout } = context;
  const server = readServerOptions(options);
  const { trail, purged } = await requestTrail(server, correlationId, { nowMs: now(), signal });
  stdout.write(
    options.json ? jsonLine(trailJson(trail, purged)) : renderTrail(trail, { purged, output: stdout }),
  );
}
