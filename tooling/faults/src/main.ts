import { parseArgs } from 'node:util';
import { formatReport } from './format-report.ts';
import { runScenario } from './run-scenario.ts';
import { type ScenarioName, scenarios } from './scenarios.ts';

const usageExitCode = 2;
const wrongExitCode = 1;

const { values } = parseArgs({
  // What pnpm puts before the flags of the program.
  args: process.argv.slice(2).filter((argument) => argument !== '--'),
  options: {
    scenario: { type: 'string', default: 'kills' },
    events: { type: 'string', default: '1000000' },
    kills: { type: 'string', default: '200' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    rate: { type: 'string' },
  },
});

const report = await runScenario({
  scenario: scenarioNamed(values.scenario),
  events: numberFrom('events', values.events),
  kills: numberFrom('kills', values.kills),
  seed: numberFrom('seed', values.seed),
  ...(values.rate !== undefined && { eventsPerSecond: numberFrom('rate', values.rate) }),
  onProgress: (line) => process.stderr.write(`${line}\n`),
});
process.stdout.write(`${formatReport(report)}\n`);
process.exitCode = report.findings.length === 0 ? 0 : wrongExitCode;

function scenarioNamed(name: string): ScenarioName {
  const names = Object.keys(scenarios) as ScenarioName[];
  return names.find((known) => known === name) ?? fail(`--scenario: expected one of ${names.join(', ')}`);
}

function numberFrom(name: string, text: string): number {
  return /^\d+$/.test(text) ? Number(text) : fail(`--${name}: expected a number`);
}

function fail(message: string): never {
  process.stderr.write(`faults: ${message}\n`);
  process.exit(usageExitCode);
}
