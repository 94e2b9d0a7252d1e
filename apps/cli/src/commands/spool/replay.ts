import { join } from 'node:path';
import { openFileSpool } from '@audit/spool';
import { Argument, Command, Option } from 'commander';
import type { CommandContext, TextOutput } from '../../command-context.ts';
import { CommandFailure } from '../../command-failure.ts';
import { examples } from '../../examples.ts';
import { parseDirectory } from '../../options/directory.ts';
import { jsonOption } from '../../options/json-option.ts';
import { addServerOptions, readServerOptions, type ServerOptions } from '../../options/server-options.ts';
import { wholeNumber } from '../../options/whole-number.ts';
import { jsonLine } from '../../output/json.ts';
import { createProgress } from '../../output/progress.ts';
import { countOf } from '../../output/quantities.ts';
import { writeLine } from '../../output/write-line.ts';
import { type Delivery, deliverSpool, requireAnswer } from '../../server/deliver-spool.ts';
import { requireSpool } from '../../spools/find-spools.ts';

interface ReplayOptions extends ServerOptions {
  readonly patience: number;
  readonly json?: boolean;
}

/** `audit spool replay`. */
export function replayCommand(context: CommandContext): Command {
  return addServerOptions(new Command('replay'))
    .description('send what a spool holds that no process serves any more; safe to interrupt and to repeat')
    .addArgument(new Argument('<directory>', 'directory of the spool').argParser(parseDirectory))
    .addOption(
      new Option('--patience <seconds>', 'stop when nothing was delivered for so long')
        .default(30)
        .argParser(wholeNumber(0, 86_400)),
    )
    .addOption(jsonOption())
    .addHelpText(
      'after',
      examples(
        'audit spool replay /mnt/dead-host/audit-spool/gateway/0 --url https://audit.example.com',
        'AUDIT_URL=https://audit.example.com AUDIT_TOKEN=... audit spool replay /mnt/dead-host/spool',
      ),
    )
    .action((directory: string, options: ReplayOptions) => replaySpool(directory, options, context));
}

async function replaySpool(
  directory: string,
  options: ReplayOptions,
  context: CommandContext,
): Promise<void> {
  const server = readServerOptions(options);
  await requireSpool(directory);
  await requireAnswer(server);
  const spool = openFileSpool({ directory });
  const progress = createProgress(context.stderr, {
    total: spool.statistics().entries,
    what: 'events',
    now: context.now,
  });
  const delivery = await deliverSpool(spool, {
    server,
    patienceMs: options.patience * 1_000,
    signal: context.signal,
    onProgress: progress.show,
  }).finally(progress.end);
  report(delivery, { directory, json: options.json ?? false, output: context.stdout });
  failUnlessDelivered(delivery, { directory, isInterrupted: context.signal.aborted });
}

interface ReportSettings {
  readonly directory: string;
  readonly json: boolean;
  readonly output: TextOutput;
}

function report(delivery: Delivery, { directory, json, output }: ReportSettings): void {
  const { damaged, deadLetters, delivered, waiting } = delivery;
  if (json) {
    output.write(jsonLine({ directory, delivered, dead_letters: deadLetters, damaged, waiting }));
    return;
  }
  const parts = [
    `${countOf(delivered, 'event')} delivered`,
    countOf(deadLetters, 'dead letter'),
    `${damaged} damaged`,
    `${waiting} waiting`,
  ];
  writeLine(output, parts.join(', '));
}

interface ReplayEnd {
  readonly directory: string;
  readonly isInterrupted: boolean;
}

function failUnlessDelivered(delivery: Delivery, { directory, isInterrupted }: ReplayEnd): void {
  const { damaged, deadLetters, failure, waiting } = delivery;
  if (waiting > 0 && isInterrupted)
    throw new CommandFailure('incomplete', 'stopped; what waits is kept, and the same command goes on');
  if (waiting > 0)
    throw new CommandFailure(
      'notReached',
      `${countOf(waiting, 'event')} still waiting: ${failure?.message ?? 'no answer'}`,
    );
  if (damaged > 0)
    throw new CommandFailure(
      'notVerified',
      `the disk destroyed ${countOf(damaged, 'event')}; what is left of them is in ${join(directory, 'quarantine')}`,
    );
  if (deadLetters > 0)
    throw new CommandFailure(
      'incomplete',
      `the server refused ${countOf(deadLetters, 'event')}: "audit dead-letters list --directory ${directory}" shows why`,
    );
}
