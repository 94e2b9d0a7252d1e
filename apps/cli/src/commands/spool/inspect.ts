import type { SpoolInspection } from '@audit/spool';
import { Argument, Command, Option } from 'commander';
import type { CommandContext } from '../../command-context.ts';
import { CommandFailure } from '../../command-failure.ts';
import { examples } from '../../examples.ts';
import { parseDirectory } from '../../options/directory.ts';
import { jsonOption } from '../../options/json-option.ts';
import { wholeNumber } from '../../options/whole-number.ts';
import { jsonLine } from '../../output/json.ts';
import { countOf } from '../../output/quantities.ts';
import { isLoss } from '../../spools/damage.ts';
import { findOut } from '../../spools/find-out.ts';
import { requireSpool } from '../../spools/find-spools.ts';
import { findingsJson } from '../../spools/findings-json.ts';
import { renderFindings } from '../../spools/render-findings.ts';

interface InspectOptions {
  readonly entries?: number;
  readonly json?: boolean;
}

/** `audit spool inspect`. */
export function inspectCommand(context: CommandContext): Command {
  return new Command('inspect')
    .description('check every byte of a spool and change nothing; held or not')
    .addArgument(new Argument('<directory>', 'directory of the spool').argParser(parseDirectory))
    .addOption(
      new Option('--entries <number>', 'show so many of the oldest events').argParser(
        wholeNumber(1, 100_000),
      ),
    )
    .addOption(jsonOption())
    .addHelpText(
      'after',
      examples(
        'audit spool inspect ~/.local/state/audit-spool/audit.example.com-443/0',
        'audit spool inspect /var/lib/audit-spool/gateway/0 --entries 20',
        `audit spool inspect /var/lib/audit-spool/gateway/0 --json | jq '.damage[]'`,
      ),
    )
    .action((directory: string, options: InspectOptions) => inspect(directory, options, context));
}

async function inspect(directory: string, options: InspectOptions, context: CommandContext): Promise<void> {
  await requireSpool(directory);
  const findings = await findOut(directory, options.entries ?? 0);
  const { stdout } = context;
  if (options.json) stdout.write(jsonLine(findingsJson(findings, options.entries)));
  else stdout.write(renderFindings(findings, { nowMs: context.now(), hasColors: stdout.hasColors }));
  failOnLoss(findings.inspection);
}

/** Ends the command with `notVerified` when something that was kept is damaged. */
function failOnLoss({ damage, directory }: SpoolInspection): void {
  const losses = damage.filter(isLoss);
  if (losses.length === 0) return;
  const entries = losses.reduce((sum, loss) => sum + loss.entries, 0);
  throw new CommandFailure(
    'notVerified',
    `${directory} is damaged: ${countOf(losses.length, 'file')}, ${countOf(entries, 'event')} lost`,
  );
}
