import { type ChainVerification, displayText } from '@audit/schema';
import { Command } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { CommandFailure } from '../command-failure.ts';
import { examples } from '../examples.ts';
import { jsonOption } from '../options/json-option.ts';
import { addServerOptions, readServerOptions, type ServerOptions } from '../options/server-options.ts';
import { jsonLine } from '../output/json.ts';
import { stylesFor } from '../output/styles.ts';
import { askForJson } from '../server/ask-for-json.ts';

interface VerifyChainOptions extends ServerOptions {
  readonly json?: boolean;
}

/** `audit verify-chain`. */
export function verifyChainCommand(context: CommandContext): Command {
  return addServerOptions(new Command('verify-chain'))
    .description('have the server verify the trail of a correlation; it says this of itself')
    .argument('<correlation>', 'correlation id')
    .addOption(jsonOption())
    .addHelpText(
      'after',
      examples(
        'audit verify-chain rr-3f9ab2c41d07-5e8c1a7b',
        'audit export --format pack --correlation rr-3f9ab2c41d07-5e8c1a7b --output remediation.pack',
        'audit verify remediation.pack --key log-keys.json',
      ),
    )
    .action((correlationId: string, options: VerifyChainOptions) => verify(correlationId, options, context));
}

async function verify(
  correlationId: string,
  options: VerifyChainOptions,
  { signal, stdout }: CommandContext,
): Promise<void> {
  const server = readServerOptions(options);
  const body = { correlation_id: correlationId };
  const path = 'api/v1/audit/verify-chain';
  const question = { path, method: 'POST', body, what: 'verification', signal } as const;
  const shape = { is_valid: 'boolean', message: 'string', checks: 'object' } as const;
  const verification = await askForJson<ChainVerification>(server, question, shape);
  stdout.write(options.json ? jsonLine(verification) : render(verification, stdout.hasColors));
  if (!verification.is_valid)
    throw new CommandFailure('notVerified', `${correlationId}: ${verification.message}`);
}

const statementCharsMax = 500;

function render(
  { checks, message, tampered_events: tampered = [] }: ChainVerification,
  hasColors: boolean,
): string {
  const { bold, dim, green, red } = stylesFor(hasColors);
  const marks = { holds: green('✓'), fails: red('✗'), not_checked: dim('–') };
  const lines = [
    bold(displayText(message, statementCharsMax)),
    ...checks.map(
      ({ outcome, statement }) => `${marks[outcome]} ${displayText(statement, statementCharsMax)}`,
    ),
    ...tampered.map((event) =>
      red(`  record ${event.sequence}: ${displayText(event.message, statementCharsMax)}`),
    ),
  ];
  return lines.map((line) => `${line}\n`).join('');
}
