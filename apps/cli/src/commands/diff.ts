import { compareTrails } from '@audit/trail';
import { Command } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { examples } from '../examples.ts';
import { jsonOption } from '../options/json-option.ts';
import { addServerOptions, readServerOptions, type ServerOptions } from '../options/server-options.ts';
import { jsonLine } from '../output/json.ts';
import { requestTrail } from '../server/request-trail.ts';
import { comparisonJson, renderComparison } from '../trails/render-comparison.ts';

interface DiffOptions extends ServerOptions {
  readonly every?: boolean;
  readonly json?: boolean;
}

/** `audit diff`. */
export function diffCommand(context: CommandContext): Command {
  return addServerOptions(new Command('diff'))
    .description('tell what differs between two remediations: outcome, decisions, steps, durations, values')
    .argument('<first>', 'correlation id')
    .argument('<second>', 'correlation id of the other one')
    .option('--every', 'also times and names, which differ between any two')
    .addOption(jsonOption())
    .addHelpText(
      'after',
      examples(
        'audit diff rr-3f9ab2c41d07-5e8c1a7b rr-3f9ab2c41d07-91b2c0de',
        'audit diff rr-3f9ab2c41d07-5e8c1a7b rr-3f9ab2c41d07-91b2c0de --json',
      ),
    )
    .action((first: string, second: string, options: DiffOptions) =>
      compare([first, second], options, context),
    );
}

async function compare(
  [firstId, secondId]: readonly [string, string],
  options: DiffOptions,
  context: CommandContext,
): Promise<void> {
  const { now, signal, stdout } = context;
  const server = readServerOptions(options);
  const asking = { nowMs: now(), signal };
  const [first, second] = await Promise.all([
    requestTrail(server, firstId, asking),
    requestTrail(server, secondId, asking),
  ]);
  const comparison = compareTrails(first.trail, second.trail);
  const trails = [first.trail, second.trail] as const;
  const { every = false } = options;
  if (options.json) stdout.write(jsonLine(comparisonJson(comparison, trails)));
  else stdout.write(renderComparison(comparison, { trails, every, hasColors: stdout.hasColors }));
}
