import { specVersion } from '@audit/schema';
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';

import {
  parseRetentionPolicy,
  type RetentionSetting,
  retentionForm,
} from './retention/parse-retention-policy.ts';

import { parseWitness, type Witness, witnessForm } from './witness/parse-witness.ts';

const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;

/** How the process was asked to run. */
export interface ServerSettings {
  readonly host: string;
  readonly port: number;
  readonly dataDir: string;
  /** PostgreSQL to use instead of the embedded one. */
  readonly databaseUrl?: string;
  /** File with the key that signs the log; default `signing-key` in the data directory. */
  readonly signingKey?: string;
  /** Name of a new log in its checkpoints. */
  readonly logOrigin?: string;
  /** Witnesses of the log. */
  readonly witness: readonly Witness[];
  /** Whether the log is to be signed with another key from now on. */
  readonly rotateSigningKey?: boolean;
  /** Module with event types of the operator's own services. */
  readonly events?: string;
  /** Retention policy to put in force; without it the database's stays. */
  readonly retention?: RetentionSetting;
  readonly logLevel: (typeof logLevels)[number];
}

/** Outcome of reading the command line: settings, or the exit code after help or a usage error was printed. */
export type SettingsResult = { readonly settings: ServerSettings } | { readonly exitCode: number };

const usageExitCode = 2;

/** Reads flags and environment variables; a flag wins over its variable. Prints one line and gives code 2 on misuse. */
export function readSettings(commandLine: readonly string[]): SettingsResult {
  const command = describeCommand();
  try {
    command.parse([...commandLine], { from: 'user' });
    const settings = command.opts<ServerSettings>();
    // Checked here and not by the option: its error would print the value, password included.
    if (!isDatabaseUrl(settings.databaseUrl)) command.error(databaseUrlError);
    return { settings };
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return { exitCode: error.exitCode === 0 ? 0 : usageExitCode };
  }
}

function describeCommand(): Command {
  return new Command('audit-server')
    .description('Keeps, proves and shows audit events.')
    .version(specVersion)
    .addOption(new Option('--host <address>', 'address to listen on').env('AUDIT_HOST').default('127.0.0.1'))
    .addOption(
      new Option('--port <number>', 'TCP port, 0 for any free one')
        .env('AUDIT_PORT')
        .default(8080)
        .argParser(parsePort),
    )
    .addOption(
      new Option('--data-dir <path>', 'directory of the embedded database')
        .env('AUDIT_DATA_DIR')
        .default('.audit/data'),
    )
    .addOption(
      new Option('--database-url <url>', 'PostgreSQL 14 or newer, instead of the embedded database').env(
        'DATABASE_URL',
      ),
    )
    .addOption(
      new Option(
        '--signing-key <path>',
        'key that signs the log, made when missing (default: <data-dir>/signing-key)',
      ).env('AUDIT_SIGNING_KEY'),
    )
    .addOption(
      new Option('--log-origin <name>', 'name of a new log (default: audit.local/<log id>)').env(
        'AUDIT_LOG_ORIGIN',
      ),
    )
    .addOption(
      new Option('--witness <witness>', `cosigns the checkpoints: ${witnessForm}`)
        .env('AUDIT_WITNESS')
        .default([])
        .argParser(parseWitnessOption),
    )
    .addOption(new Option('--rotate-signing-key', 'sign with another key from this start on'))
    .addOption(
      new Option('--events <module>', 'event types of your own services, made by defineEvent').env(
        'AUDIT_EVENTS',
      ),
    )
    .addOption(
      new Option('--retention <policy>', retentionForm).env('AUDIT_RETENTION').argParser(parseRetention),
    )
    .addOption(
      new Option('--log-level <level>', 'what goes to stderr')
        .env('AUDIT_LOG_LEVEL')
        .choices(logLevels)
        .default('info'),
    )
    .allowExcessArguments(false)
    .exitOverride();
}

function parsePort(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (port <= 65_535) return port;
  throw new InvalidArgumentError('Expected a number from 0 to 65535.');
}

// Called once for each flag; the variable has them all, with spaces between.
function parseWitnessOption(text: string, previous: readonly Witness[]): readonly Witness[] {
  const witnesses = text.split(' ').map((each) => {
    const witness = parseWitness(each);
    if (witness !== undefined) return witness;
    throw new InvalidArgumentError(`Expected ${witnessForm}.`);
  });
  return [...previous, ...witnesses];
}

function parseRetention(text: string): RetentionSetting {
  const setting = parseRetentionPolicy(text);
  if (setting !== undefined) return setting;
  throw new InvalidArgumentError(`Expected ${retentionForm}.`);
}

const databaseUrlError =
  'error: --database-url or DATABASE_URL: expected postgresql://user:password@host:port/database';

function isDatabaseUrl(text: string | undefined): boolean {
  return text === undefined || (/^postgres(ql)?:\/\//.test(text) && URL.canParse(text));
}
