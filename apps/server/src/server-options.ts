import { eventBytesMax } from '@audit/schema';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { defaultHttpLimits } from './http/http-limits.ts';
import { defaultIngestLimits } from './ingest-limits.ts';
import {
  parseRetentionPolicy,
  type RetentionSetting,
  retentionForm,
} from './retention/parse-retention-policy.ts';
import { parseWitness, type Witness, witnessForm } from './witness/parse-witness.ts';

const oneDaySeconds = 86_400;

/** How much goes to the log. */
export const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;

/** Adds the flags of the server, each with its variable, to a command. */
export function addServerOptions(command: Command): Command {
  return command
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
      new Option('--access-policy <path>', 'file that says who may call what').env('AUDIT_ACCESS_POLICY'),
    )
    .addOption(
      new Option('--console <setting>', 'whether the console is served at /')
        .env('AUDIT_CONSOLE')
        .choices(['on', 'off'])
        .default('on'),
    )
    .addOption(new Option('--tls-cert <path>', 'certificate to speak TLS with, PEM').env('AUDIT_TLS_CERT'))
    .addOption(new Option('--tls-key <path>', 'secret key of the certificate, PEM').env('AUDIT_TLS_KEY'))
    .addOption(
      new Option('--cors-origin <origin>', 'origin whose pages may call the server from a browser')
        .env('AUDIT_CORS_ORIGIN')
        .default([])
        .argParser(parseOrigins),
    )
    .addOption(
      new Option(
        '--requests-per-second-max <number>',
        'requests that one caller may make (default: any number)',
      )
        .env('AUDIT_REQUESTS_PER_SECOND_MAX')
        .argParser(wholeNumber(1, 1_000_000)),
    )
    .addOption(
      new Option('--request-timeout-seconds <number>', 'time in which a whole request must have come')
        .env('AUDIT_REQUEST_TIMEOUT_SECONDS')
        .default(defaultHttpLimits.requestTimeoutMs / 1_000)
        .argParser(wholeNumber(1, 600)),
    )
    .addOption(
      new Option('--exports-max <number>', 'exports and verifications that are under way at one time')
        .env('AUDIT_EXPORTS_MAX')
        .default(defaultHttpLimits.exportsMax)
        .argParser(wholeNumber(1, 1_000)),
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
    );
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

// Called once for each flag, as witnesses are.
function parseOrigins(text: string, previous: readonly string[]): readonly string[] {
  const origins = text.split(' ');
  if (origins.every((origin) => URL.canParse(origin) && new URL(origin).origin === origin)) {
    return [...previous, ...origins];
  }
  throw new InvalidArgumentError('Expected an origin such as https://console.example.com, without a path.');
}

function parseRetention(text: string): RetentionSetting {
  const setting = parseRetentionPolicy(text);
  if (setting !== undefined) return setting;
  throw new InvalidArgumentError(`Expected ${retentionForm}.`);
}
