import { join } from 'node:path';
import { eventBytesMax, specVersion } from '@audit/schema';
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { defaultIngestLimits, type IngestLimits } from './ingest-limits.ts';
import {
  parseRetentionPolicy,
  type RetentionSetting,
  retentionForm,
} from './retention/parse-retention-policy.ts';
import { parseWitness, type Witness, witnessForm } from './witness/parse-witness.ts';

const oneDaySeconds = 86_400;
const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;

/** How the process was asked to run. */
export interface ServerSettings {
  readonly host: string;
  readonly port: number;
  /** Port of a listener that serves the metrics alone; without it they are on the main one. */
  readonly metricsPort?: number;
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
  /** Longest wait for PostgreSQL until a write is spooled. */
  readonly databaseTimeoutSeconds: number;
  /** Where writes are kept while PostgreSQL cannot be used. */
  readonly spoolDir: string;
  readonly spoolQuotaBytes: number;
  readonly limits: IngestLimits;
  /** Module with event types of the operator's own services. */
  readonly events?: string;
  /** Retention policy to put in force; without it the database's stays. */
  readonly retention?: RetentionSetting;
  /** From the first 503 of readiness until no request is taken any more. */
  readonly shutdownDelaySeconds: number;
  /** Longest time from the signal to the end. */
  readonly shutdownTimeoutSeconds: number;
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
    const options = command.opts<CommandOptions>();
    // Checked here and not by the option: its error would print the value, password included.
    if (!isDatabaseUrl(options.databaseUrl)) command.error(databaseUrlError);
    if (options.shutdownDelaySeconds >= options.shutdownTimeoutSeconds) command.error(shutdownError);
    return { settings: toSettings(options) };
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return { exitCode: error.exitCode === 0 ? 0 : usageExitCode };
  }
}

/** The options as the command line has them: the limits among the others, the spool's directory only if it was given. */
type CommandOptions = Omit<ServerSettings, 'limits' | 'spoolDir'> &
  IngestLimits & { readonly spoolDir?: string };

function toSettings(options: CommandOptions): ServerSettings {
  const { batchEventsMax, bodyBytesMax, eventFutureSecondsMax, eventPastSecondsMax, ...rest } = options;
  const past = eventPastSecondsMax === undefined ? {} : { eventPastSecondsMax };
  const limits = { batchEventsMax, bodyBytesMax, eventFutureSecondsMax, ...past };
  return { ...rest, spoolDir: options.spoolDir ?? join(options.dataDir, 'spool'), limits };
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
        .argParser(wholeNumber(0, 65_535)),
    )
    .addOption(
      new Option('--metrics-port <number>', 'TCP port for /metrics alone, 0 for any free one')
        .env('AUDIT_METRICS_PORT')
        .argParser(wholeNumber(0, 65_535)),
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
      new Option(
        '--database-timeout-seconds <number>',
        'longest wait for PostgreSQL until a write is spooled',
      )
        .env('AUDIT_DATABASE_TIMEOUT_SECONDS')
        .default(5)
        .argParser(wholeNumber(1, 60)),
    )
    .addOption(
      new Option(
        '--spool-dir <path>',
        'where writes wait while PostgreSQL is away (default: <data-dir>/spool)',
      ).env('AUDIT_SPOOL_DIR'),
    )
    .addOption(
      new Option('--spool-quota-bytes <number>', 'most that the spool occupies')
        .env('AUDIT_SPOOL_QUOTA_BYTES')
        .default(spoolQuotaBytesDefault)
        .argParser(wholeNumber(spoolQuotaBytesMin, Number.MAX_SAFE_INTEGER)),
    )
    .addOption(
      new Option('--batch-events-max <number>', 'events of one batch')
        .env('AUDIT_BATCH_EVENTS_MAX')
        .default(defaultIngestLimits.batchEventsMax)
        .argParser(wholeNumber(1, 10_000)),
    )
    .addOption(
      new Option('--body-bytes-max <number>', 'largest request body')
        .env('AUDIT_BODY_BYTES_MAX')
        .default(defaultIngestLimits.bodyBytesMax)
        .argParser(wholeNumber(eventBytesMax, 64 * 1_048_576)),
    )
    .addOption(
      new Option('--event-future-seconds-max <number>', "how far an event may be ahead of the server's clock")
        .env('AUDIT_EVENT_FUTURE_SECONDS_MAX')
        .default(defaultIngestLimits.eventFutureSecondsMax)
        .argParser(wholeNumber(0, 365 * oneDaySeconds)),
    )
    .addOption(
      new Option('--event-past-seconds-max <number>', 'how old an event may be (default: any age)')
        .env('AUDIT_EVENT_PAST_SECONDS_MAX')
        .argParser(wholeNumber(1, 365 * 100 * oneDaySeconds)),
    )
    .addOption(
      new Option('--events <module>', 'event types of your own services, made by defineEvent').env(
        'AUDIT_EVENTS',
      ),
    )
    .addOption(
      new Option('--retention <policy>', retentionForm).env('AUDIT_RETENTION').argParser(parseRetention),
    )
    .addOption(
      new Option('--shutdown-delay-seconds <number>', 'how long to go on serving after readiness says 503')
        .env('AUDIT_SHUTDOWN_DELAY_SECONDS')
        .default(shutdownDelaySecondsDefault(), '0, in Kubernetes 5')
        .argParser(wholeNumber(0, 300)),
    )
    .addOption(
      new Option('--shutdown-timeout-seconds <number>', 'longest time from the signal to the end')
        .env('AUDIT_SHUTDOWN_TIMEOUT_SECONDS')
        .default(25)
        .argParser(wholeNumber(1, 3_600)),
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

const spoolQuotaBytesDefault = 4 * 1_073_741_824;
const spoolQuotaBytesMin = 64 * 1_048_576;

// Kubernetes takes a few seconds to send requests elsewhere, and sets this variable in every container.
function shutdownDelaySecondsDefault(): number {
  return process.env.KUBERNETES_SERVICE_HOST === undefined ? 0 : 5;
}

function wholeNumber(min: number, max: number): (text: string) => number {
  return (text) => {
    const value = /^\d{1,16}$/.test(text) ? Number(text) : Number.NaN;
    if (value >= min && value <= max) return value;
    throw new InvalidArgumentError(`Expected a whole number from ${min} to ${max}.`);
  };
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

const shutdownError =
  'error: --shutdown-delay-seconds: expected fewer seconds than --shutdown-timeout-seconds has';

const databaseUrlError =
  'error: --database-url or DATABASE_URL: expected postgresql://user:password@host:port/database';

function isDatabaseUrl(text: string | undefined): boolean {
  return text === undefined || (/^postgres(ql)?:\/\//.test(text) && URL.canParse(text));
}
