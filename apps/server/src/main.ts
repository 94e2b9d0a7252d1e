#!/usr/bin/env node
import { constants } from 'node:os';
import { join } from 'node:path';
import { specHash, specVersion } from '@audit/schema';
import { pino } from 'pino';
import { loadCatalogue } from './load-catalogue.ts';
import type { IntakeSpools } from './outage/open-intake.ts';
import { readSettings, type ServerSettings } from './settings.ts';
import { type RunningServer, startServer } from './start-server.ts';
import type { Database } from './store/database.ts';
import { EvidenceError } from './tree/evidence-error.ts';

const evidenceExitCode = 3;
const cannotReachExitCode = 4;
const incompleteStopExitCode = 5;

const stopSignals = ['SIGTERM', 'SIGINT'] as const;

const result = readSettings(process.argv.slice(2));
if ('exitCode' in result) process.exit(result.exitCode);
await run(result.settings);

async function run(settings: ServerSettings): Promise<void> {
  const logger = pino({ level: settings.logLevel }, pino.destination({ fd: 2, sync: true }));
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
    const catalogue = await loadCatalogue(settings.events);
    const database = await openDatabase(settings, logger);
    const spools = await openSpools(settings, logger);
    const { signingKey, logOrigin: origin, rotateSigningKey: rotate, witness: witnesses, ...rest } = settings;
    const file = signingKey ?? join(settings.dataDir, 'signing-key');
    return await startServer({
      host: rest.host,
      port: rest.port,
      ...(rest.metricsPort !== undefined && { metricsPort: rest.metricsPort }),
      shutdown: {
        delayMs: rest.shutdownDelaySeconds * 1_000,
        timeoutMs: rest.shutdownTimeoutSeconds * 1_000,
      },
      limits: rest.limits,
      ...(rest.retention !== undefined && { retention: rest.retention }),
      databaseTimeoutMs: rest.databaseTimeoutSeconds * 1_000,
      signingKey: { file, origin, rotate },
      witnesses,
      catalogue,
      database,
      spools,
      logger,
    });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    process.stderr.write(`audit-server: cannot start: ${reason}\n`);
    process.exit(error instanceof EvidenceError ? evidenceExitCode : cannotReachExitCode);
  }
}

// The embedded database is in this process: when it is gone, so is everything.
async function openSpools(settings: ServerSettings, logger: pino.Logger): Promise<IntakeSpools | undefined> {
  if (settings.databaseUrl === undefined) return undefined;
  const { openServerSpools } = await import('./outage/server-spools.ts');
  const { limits, spoolDir: root, spoolQuotaBytes: quotaBytes } = settings;
  return openServerSpools({ root, quotaBytes, limits, logger });
}

// Each engine is loaded only when it is used: the embedded one is large.
async function openDatabase(settings: ServerSettings, logger: pino.Logger): Promise<Database> {
  if (settings.databaseUrl === undefined) {
    const { openPglite } = await import('./store/pglite.ts');
    return openPglite(settings.dataDir);
  }
  const { openPostgres } = await import('./store/postgres.ts');
  return openPostgres({
    url: settings.databaseUrl,
    onIdleError: (error) => logger.warn({ err: error }, 'an idle database connection failed'),
  });
}
