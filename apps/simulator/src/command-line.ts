import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';

/** How the simulator was asked to play. */
export interface SimulatorSettings {
  readonly url: string;
  readonly remediations: number;
  readonly seed: string;
  /** Remediations per second; absent means as fast as the server takes them. */
  readonly rate?: number;
  /** Milliseconds since 1970. */
  readonly startTime?: number;
}

/** Outcome of reading the command line: settings, or the exit code after help or a usage error was printed. */
export type SettingsResult = { readonly settings: SimulatorSettings } | { readonly exitCode: number };

/** Exit code after a wrong command line. */
export const usageExitCode = 2;

/** Reads the options. Prints one line and gives code 2 on misuse. */
export function readSettings(commandLine: readonly string[]): SettingsResult {
  const command = describeCommand();
  try {
    command.parse([...commandLine], { from: 'user' });
    return { settings: command.opts<SimulatorSettings>() };
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return { exitCode: error.exitCode === 0 ? 0 : usageExitCode };
  }
}

function describeCommand(): Command {
  return new Command('audit-simulator')
    .description('Plays realistic remediations and prints their correlation ids.')
    .addOption(
      new Option('--remediations <number>', 'how many to play').default(5).argParser(parseRemediations),
    )
    .addOption(
      new Option('--rate <number>', 'remediations per second (default: as fast as possible)').argParser(
        parseRate,
      ),
    )
    .addOption(
      new Option('--url <url>', 'address of the server').default('http://127.0.0.1:8080').argParser(parseUrl),
    )
    .addOption(new Option('--seed <text>', 'decides the story: the same seed, the same events').default('1'))
    .addOption(
      new Option(
        '--start-time <time>',
        'RFC 3339 start of the first remediation (default: so that all have ended by now)',
      ).argParser(parseStartTime),
    )
    .allowExcessArguments(false)
    .exitOverride();
}

function parseRemediations(text: string): number {
  if (/^[1-9]\d{0,6}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('Expected a whole number from 1 to 9999999.');
}

function parseRate(text: string): number {
  const rate = /^\d+(\.\d+)?$/.test(text) ? Number(text) : 0;
  if (rate >= 0.01 && rate <= 10_000) return rate;
  throw new InvalidArgumentError('Expected a number from 0.01 to 10000.');
}

function parseUrl(text: string): string {
  if (/^https?:\/\//.test(text) && URL.canParse(text)) return text;
  throw new InvalidArgumentError('Expected an http or https URL such as http://127.0.0.1:8080.');
}

function parseStartTime(text: string): number {
  const isZoned = /^\d{4}-\d{2}-\d{2}T[\d:.]+(?:Z|[+-]\d{2}:\d{2})$/.test(text);
  const timeMs = isZoned ? Date.parse(text) : Number.NaN;
  if (timeMs >= 0) return timeMs;
  throw new InvalidArgumentError('Expected a time such as 2026-01-14T09:30:00Z.');
}
