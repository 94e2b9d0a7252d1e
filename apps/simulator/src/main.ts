#!/usr/bin/env node
import { isAuditError } from '@audit/schema';
import { readSettings, type SimulatorSettings, usageExitCode } from './command-line.ts';
import { createProgress } from './progress.ts';
import { ServerUnreachableError } from './server-unreachable-error.ts';
import { type SimulationReport, simulate } from './simulate.ts';

const refusedExitCode = 1;
const unreachableExitCode = 4;

// A reader that closes the pipe, such as head, has what it wants.
process.stdout.on('error', () => process.exit());

const result = readSettings(process.argv.slice(2));
process.exitCode = 'exitCode' in result ? result.exitCode : await run(result.settings);

async function run(settings: SimulatorSettings): Promise<number> {
  const { rate, startTime, ...rest } = settings;
  const progress = createProgress(process.stderr, settings.remediations);
  try {
    const report = await simulate({
      ...rest,
      ...(rate !== undefined && { ratePerSecond: rate }),
      ...(startTime !== undefined && { startTimeMs: startTime }),
      onProgress: progress.show,
    });
    progress.end();
    return printReport(report);
  } catch (error) {
    progress.end();
    return printError(error);
  }
}

function printReport({
  scenarios,
  emitted,
  acknowledged,
  dead,
  deadDetail,
  seconds,
}: SimulationReport): number {
  const correlationIds = scenarios.flatMap((scenario) => scenario.correlationIds);
  process.stdout.write(correlationIds.map((id) => `${id}\n`).join(''));
  process.stderr.write(
    `emitted ${emitted}, acknowledged ${acknowledged}, dead ${dead}, in ${seconds.toFixed(1)} s\n`,
  );
  if (deadDetail === undefined) return 0;
  process.stderr.write(`audit-simulator: the server refused events, the first because: ${deadDetail}\n`);
  return refusedExitCode;
}

function printError(error: unknown): number {
  const isUnreachable = error instanceof ServerUnreachableError;
  if (!isUnreachable && !isAuditError(error)) throw error;
  const advice = isUnreachable ? '; start the server or give --url' : '';
  process.stderr.write(`audit-simulator: ${error.message}${advice}\n`);
  return isUnreachable ? unreachableExitCode : usageExitCode;
}
