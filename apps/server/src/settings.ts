import { join } from 'node:path';
import { isKeyName } from '@audit/integrity';
import { specVersion } from '@audit/schema';
import { Command, CommanderError, Option } from 'commander';
import { isLoopback } from './access/loopback.ts';
import { type Role, roles } from './access/role.ts';
import type { TlsFiles } from './http/tls-files.ts';
import type { IngestLimits } from './ingest-limits.ts';
import type { RetentionSetting } from './retention/parse-retention-policy.ts';
import { addServerOptions, type logLevels } from './server-options.ts';
import type { Witness } from './witness/parse-witness.ts';

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
  /** File that says who may call what; without it everybody on loopback may. */
  readonly accessPolicy?: string;
  /** Files to speak TLS with. */
  readonly tls?: TlsFiles;
  /** Whether the console is served at `/`. */
  readonly console: 'on' | 'off';
  /** Origins whose pages may call the server. */
  readonly corsOrigin: readonly string[];
  readonly requestsPerSecondMax?: number;
  readonly requestTimeoutSeconds: number;
  readonly exportsMax: number;
  /** From the first 503 of readiness until no request is taken any more. */
  readonly shutdownDelaySeconds: number;
  /** Longest time from the signal to the end. */
  readonly shutdownTimeoutSeconds: number;
  readonly logLevel: (typeof logLevels)[number];
}

/** File with the key that signs the log. */
export function signingKeyFile({ dataDir, signingKey }: ServerSettings): string {
  return signingKey ?? join(dataDir, 'signing-key');
}

/** What the process was asked to do. */
export type Task =
  | { readonly task: 'serve'; readonly settings: ServerSettings }
  | { readonly task: 'check'; readonly settings: ServerSettings; readonly json: boolean }
  | { readonly task: 'migrate'; readonly settings: ServerSettings }
  | { readonly task: 'signing-key'; readonly origin: string }
  | { readonly task: 'token'; readonly principal: string; readonly roles: readonly Role[] };

/** Outcome of reading the command line: a task, or the exit code after help or a usage error was printed. */
export type TaskResult = Task | { readonly exitCode: number };

const usageExitCode = 2;

/** Reads flags and environment variables; a flag wins over its variable. Prints one line and gives code 2 on misuse. */
export function readTask(commandLine: readonly string[]): TaskResult {
  let result: TaskResult | undefined;
  const command = describeCommand((task) => {
    result = task;
  });
  try {
    command.parse([...commandLine], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return { exitCode: error.exitCode === 0 ? 0 : usageExitCode };
  }
  if (result === undefined) throw new Error('the command line was read, but asks for nothing');
  return result;
}

function describeCommand(choose: (task: Task) => void): Command {
  const program = addServerOptions(new Command('audit-server'))
    .description('Keeps, proves and shows audit events.')
    .version(specVersion)
    .allowExcessArguments(false)
    .exitOverride()
    .action(() => choose({ task: 'serve', settings: settingsOf(program) }));
  program
    .command('check')
    .description('Checks settings, files and database, and starts nothing; takes the same flags.')
    .option('--json', 'print JSON Lines')
    .action(({ json = false }: { readonly json?: boolean }) =>
      choose({ task: 'check', settings: settingsOf(program), json }),
    );
  program
    .command('migrate')
    .description(
      'Brings PostgreSQL to this version as its owner, and gives the role audit_service its rights.',
    )
    .action(() => choose({ task: 'migrate', settings: ownedSettingsOf(program) }));
  program
    .command('signing-key <log-origin>')
    .description('Makes a key that signs a log of this name.')
    .action((origin: string) => {
      if (!isKeyName(origin))
        program.error('error: <log-origin>: expected no space, plus or control character');
      choose({ task: 'signing-key', origin });
    });
  program
    .command('token <principal>')
    .description('Makes a bearer token, and its entry for the access policy.')
    .addOption(new Option('--role <role...>', 'what it may do').choices(roles).makeOptionMandatory())
    .action((principal: string, { role }: { readonly role: readonly Role[] }) =>
      choose({ task: 'token', principal, roles: role }),
    );
  return program;
}

/** The options as the command line has them. */
type CommandOptions = Omit<ServerSettings, 'limits' | 'spoolDir' | 'tls'> &
  IngestLimits & { readonly spoolDir?: string; readonly tlsCert?: string; readonly tlsKey?: string };

function settingsOf(command: Command): ServerSettings {
  const options = command.opts<CommandOptions>();
  const fault = faultOf(options);
  return fault === undefined ? toSettings(options) : command.error(`error: ${fault}`);
}

function ownedSettingsOf(command: Command): ServerSettings {
  const settings = settingsOf(command);
  if (settings.databaseUrl !== undefined) return settings;
  return command.error(
    'error: --database-url or DATABASE_URL: expected; the embedded database has one role only',
  );
}

// Faults of one setting are found by its option, unless the option's error would print a secret: these are not.
function faultOf(options: CommandOptions): string | undefined {
  const { accessPolicy, databaseUrl, host, tlsCert, tlsKey } = options;
  if (databaseUrl !== undefined && !isDatabaseUrl(databaseUrl)) {
    return '--database-url or DATABASE_URL: expected postgresql://user:password@host:port/database';
  }
  if ((tlsCert === undefined) !== (tlsKey === undefined)) {
    return '--tls-cert and --tls-key (AUDIT_TLS_CERT, AUDIT_TLS_KEY): give both or neither';
  }
  if (options.shutdownDelaySeconds >= options.shutdownTimeoutSeconds) {
    return '--shutdown-delay-seconds: expected fewer seconds than --shutdown-timeout-seconds has';
  }
  if (accessPolicy === undefined && !isLoopback(host)) {
    return (
      `--host or AUDIT_HOST: at ${host} anybody could read and write the log. ` +
      'Say who may with --access-policy (audit-server token makes the first entry), or listen on 127.0.0.1'
    );
  }
  return undefined;
}

function isDatabaseUrl(text: string): boolean {
  return /^postgres(ql)?:\/\//.test(text) && URL.canParse(text);
}

function toSettings(options: CommandOptions): ServerSettings {
  const { batchEventsMax, bodyBytesMax, eventFutureSecondsMax, eventPastSecondsMax, ...others } = options;
  const { tlsCert: certificate, tlsKey: key, ...rest } = others;
  const past = eventPastSecondsMax === undefined ? {} : { eventPastSecondsMax };
  return {
    ...rest,
    ...(certificate !== undefined && key !== undefined && { tls: { certificate, key } }),
    spoolDir: options.spoolDir ?? join(options.dataDir, 'spool'),
    limits: { batchEventsMax, bodyBytesMax, eventFutureSecondsMax, ...past },
  };
}
