#!/usr/bin/env node
import { constants } from 'node:os';
import { fileURLToPath } from 'node:url';
import { specHash, specVersion } from '@audit/schema';
import { pino } from 'pino';
import { loadAccessPolicy } from './access/load-access-policy.ts';
import { runCheck } from './check/run-check.ts';
import { exitCodeOf } from './exit-codes.ts';
import { readTls } from './http/tls-files.ts';
import { loadCatalogue } from './load-catalogue.ts';
import { migrateAsOwner } from './migrate-as-owner.ts';
import { openDatabase } from './open-database.ts';
import type { IntakeSpools } from './outage/open-intake.ts';
import { printSigningKey } from './print-signing-key.ts';
import { printToken } from './print-token.ts';
import { readTask, type ServerSettings, signingKeyFile } from './settings.ts';
import { type RunningServer, startServer } from './start-server.ts';

const incompleteStopExitCode = 5;

// The build puts the console beside the program; beside the sources there is none.
const builtConsole = fileURLToPath(new URL('./console/', import.meta.url));

const stopSignals = ['SIGTERM', 'SIGINT'] as const;

const result = readTask(process.argv.slice(2));
if ('exitCode' in result) process.exit(result.exitCode);
if (result.task === 'token') printToken(result.principal, result.roles);
else if (result.task === 'check') process.exit(await runCheck(result.settings, result.json));
else if (result.task === 'signing-key') await printSigningKey(result.origin);
else if (result.task === 'migrate') await runMigrate(result.settings);
else await run(result.settings);

async function runMigrate(settings: ServerSettings): Promise<void> {
  try {
    const applied = await migrateAsOwner(settings, pino({ level: 'silent' }));
    process.stdout.write(`${JSON.stringify({ applied, serviceRole: 'audit_service' })}\n`);
  } catch (error) {
    refuse('migrate', error);
  }
}

async function run(settings: ServerSettings): Promise<void> {
  // Nothing logs a request's headers; should something ever, the token is not in it.
  const redact = ['*.headers.authorization', '*.headers.cookie', 'headers.authorization'];
  const logger = pino({ level: settings.logLevel, redact }, pino.destination({ fd: 2, sync: true }));
  const server = await start(settings, logger);
  let isStopping = false;
  const stop = (signal: NodeJS.Signals) => {
    // As a process that does not listen to the signal would end.
    if (isStopping) process.exit(128 + constants.signals[signal]);
    isStopping = true;
    logger.info({ signal }, 'stopping');
    server.close().then(
      () => process.exit(0),
      () => process.exit(incompleteStopExitCode),
    );
  };
  for (const each of stopSignals) process.on(each, stop);
  process.on('SIGHUP', () => void server.reload());
  const ready = {
    url: server.url,
    ...(server.metricsUrl !== undefined && { metricsUrl: server.metricsUrl }),
    logId: server.logId,
    specVersion,
    specHash,
    database: settings.databaseUrl === undefined ? 'embedded' : 'postgresql',
  };
  process.stdout.write(`${JSON.stringify(ready)}\n`);
}

async function start(settings: ServerSettings, logger: pino.Logger): Promise<RunningServer> {
  try {
    await readFiles(settings);
    const catalogue = await loadCatalogue(settings.events);
    const database = await openDatabase(settings, logger);
    const spools = await openSpools(settings, logger);
    const { logOrigin: origin, rotateSigningKey: rotate, witness: witnesses, ...rest } = settings;
    return await startServer({
      host: rest.host,
      port: rest.port,
      ...(rest.metricsPort !== undefined && { metricsPort: rest.metricsPort }),
      shutdown: {
        delayMs: rest.shutdownDelaySeconds * 1_000,
        timeoutMs: rest.shutdownTimeoutSeconds * 1_000,
      },
      limits: rest.limits,
      httpLimits: { requestTimeoutMs: rest.requestTimeoutSeconds * 1_000, exportsMax: rest.exportsMax },
      access: { policyFile: rest.accessPolicy, requestsPerSecondMax: rest.requestsPerSecondMax },
      tls: rest.tls,
      corsOrigins: rest.corsOrigin,
      console: rest.console === 'off' ? 'off' : { directory: builtConsole },
      ...(rest.retention !== undefined && { retention: rest.retention }),
      databaseTimeoutMs: rest.databaseTimeoutSeconds * 1_000,
      signingKey: { file: signingKeyFile(settings), origin, rotate },
      witnesses,
      catalogue,
      database,
      spools,
      logger,
    });
  } catch (error) {
    return refuse('start', error);
  }
}

function refuse(task: string, error: unknown): never {
  const reason = error instanceof Error ? error.message : String(error);
  process.stderr.write(`audit-server: cannot ${task}: ${reason}\n`);
  process.exit(exitCodeOf(error));
}

// Read again when they are used; a wrong one is told of before a database is opened, or made.
async function readFiles({ accessPolicy, tls }: ServerSettings): Promise<void> {
  if (accessPolicy !== undefined) await loadAccessPolicy(accessPolicy);
  if (tls !== undefined) await readTls(tls);
}

// The embedded database is in this process: when it is gone, so is everything.
async function openSpools(settings: ServerSettings, logger: pino.Logger): Promise<IntakeSpools | undefined> {
  if (settings.databaseUrl === undefined) return undefined;
  const { openServerSpools } = await import('./outage/server-spools.ts');
  const { limits, spoolDir: root, spoolQuotaBytes: quotaBytes } = settings;
  return openServerSpools({ root, quotaBytes, limits, logger });
}
