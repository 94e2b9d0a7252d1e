import { explainTrail } from '@audit/trail';
import { Command } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { examples } from '../examples.ts';
import { jsonOption } from '../options/json-option.ts';
import { addServerOptions, readServerOptions, type ServerOptions } from '../options/server-options.ts';
import { jsonLine } from '../output/json.ts';
import { requestTrail } from '../server/request-trail.ts';
import { renderExplanation } from '../trails/render-explanation.ts';
import { stepJson } from '../trails/trail-json.ts';

interface WhyOptions extends ServerOptions {
  readonly json?: boolean;
}

/** `audit why`. */
export function whyCommand(context: CommandContext): Command {
  return addServerOptions(new Command('why'))
    .description('tell the decision path: signal, analysis, policy, approval, change, effect; failures first')
    .argument('<correlation>', 'correlation id, the name of the RemediationRequest')
    .addOption(jsonOption())
    .addHelpText(
      'after',
      examples(
        'audit why rr-3f9ab2c41d07-5e8c1a7b',
        'audit why rr-3f9ab2c41d07-5e8c1a7b --json | jq \'.stages[] | select(.name == "approval")\'',
      ),
    )
    .action((correlationId: string, options: WhyOptions) => explain(correlationId, options, context));
}

async function explain(correlationId: string, options: WhyOptions, context: CommandContext): Promise<void> {
  const { now, signal, stdout } = context;
  const server = readServerOptions(options);
  const { trail, purged } = await requestTrail(server, correlationId, { nowMs: now(), signal });
  const explanation = explainTrail(trail);
  if (options.json) {
    stdout.write(jsonLine({ ...explanation, failures: explanation.failures.map(stepJson), purged }));
  } else stdout.write(renderExplanation(trail, { explanation, purged, hasColors: stdout.hasColors }));
}
