import { resolve } from 'node:path';
import { displayText, type Reconstruction } from '@audit/schema';
import { Command } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { CommandFailure } from '../command-failure.ts';
import { examples } from '../examples.ts';
import { writeFileWhole } from '../exports/write-file-whole.ts';
import { jsonOption } from '../options/json-option.ts';
import { fileOption } from '../options/pack-options.ts';
import { addServerOptions, readServerOptions, type ServerOptions } from '../options/server-options.ts';
import { jsonLine } from '../output/json.ts';
import { writeLine } from '../output/write-line.ts';
import { askForJson } from '../server/ask-for-json.ts';

interface ReconstructOptions extends ServerOptions {
  readonly output?: string;
  readonly json?: boolean;
}

/** `audit reconstruct`. */
export function reconstructCommand(context: CommandContext): Command {
  return addServerOptions(new Command('reconstruct'))
    .description('rebuild the manifest of a RemediationRequest from its events')
    .argument('<correlation>', 'correlation id, the name of the RemediationRequest')
    .addOption(fileOption('--output <file>', 'write the manifest to a file'))
    .addOption(jsonOption())
    .addHelpText(
      'after',
      examples(
        'audit reconstruct rr-3f9ab2c41d07-5e8c1a7b',
        'audit reconstruct rr-3f9ab2c41d07-5e8c1a7b --output request.yaml',
      ),
    )
    .action((correlationId: string, options: ReconstructOptions) => rebuild(correlationId, options, context));
}

async function rebuild(
  correlationId: string,
  options: ReconstructOptions,
  { signal, stderr, stdout }: CommandContext,
): Promise<void> {
  if (correlationId === '') throw new CommandFailure('usage', 'which correlation? It is empty');
  const server = readServerOptions(options);
  const path = `api/v1/audit/remediation-requests/${encodeURIComponent(correlationId)}/reconstruct`;
  const question = { path, method: 'POST', what: 'manifest', signal } as const;
  const shape = { remediation_request_yaml: 'string', validation: 'object' } as const;
  const rebuilt = await askForJson<Reconstruction>(server, question, shape);
  const { remediation_request_yaml: manifest, validation } = rebuilt;
  if (options.output !== undefined)
    await writeFileWhole(resolve(options.output), [new TextEncoder().encode(manifest)]);
  if (options.json) stdout.write(jsonLine(rebuilt));
  else if (options.output === undefined) stdout.write(displayLines(manifest));
  writeLine(stderr, `${validation.completeness} % of the manifest is on record`);
  for (const warning of [...validation.errors, ...validation.warnings]) writeLine(stderr, `- ${warning}`);
}

const lineCharsMax = 100_000;

// Lines stay lines; what else a terminal would obey is shown.
function displayLines(text: string): string {
  return text
    .trimEnd()
    .split('\n')
    .map((line) => `${displayText(line, lineCharsMax)}\n`)
    .join('');
}
