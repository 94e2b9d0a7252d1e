import { contractCatalogue, type EventCatalogue } from '@audit/schema';
import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import { createErasure } from './erasure/erase-personal-data.ts';
import { createLegalHolds } from './holds/legal-holds.ts';
import { createHttpServer } from './http/create-http-server.ts';
import { GroupCommit } from './ingest/group-commit.ts';
import { LogWriter } from './ingest/log-writer.ts';
import { OwnEventWriter } from './own-events/own-event-writer.ts';
import { readRecords } from './query/record-reader.ts';
import type { RetentionSetting } from './retention/parse-retention-policy.ts';
import { applyRetentionPolicy } from './retention/retention-policy.ts';
import {
  type RetentionWorker,
  type RetentionWorkerOptions,
  startRetentionWorker,
} from './retention/retention-worker.ts';
import type { Database } from './store/database.ts';
import { migrate } from './store/migrate.ts';
import { isPassingError, StoreUnavailableError } from './store/store-errors.ts';
import { createLogEvidence } from './tree/log-evidence.ts';
import { LogTree } from './tree/log-tree.ts';
import type { SigningKeyOptions } from './tree/signing-key-file.ts';
import { TilePublisher } from './tree/tile-publisher.ts';
import { Cosigner } from './witness/cosigner.ts';
import type { Witness } from './witness/parse-witness.ts';

/** Options of {@link startServer}. */
export interface ServerOptions {
  /** Opened by the caller, closed with the server. */
  readonly database: Database;
  readonly logger: FastifyBaseLogger;
  /** Address to listen on; default 127.0.0.1. */
  readonly host?: string;
  /** TCP port; default 0, any free one. */
  readonly port?: number;
  /** Key that signs the log. */
  readonly signingKey: SigningKeyOptions;
  /** Witnesses that cosign its checkpoints; default none. */
  readonly witnesses?: readonly Witness[];
  /** Log the server writes; default `default`. */
  readonly logId?: string;
  /** Event types it takes; default those of the contract. */
  readonly catalogue?: EventCatalogue;
  /** Events of one batch; default 500. */
  readonly batchEventsMax?: number;
  /** Largest request body in bytes; default 5 MiB. */
  readonly bodyBytesMax?: number;
  /** How far an event's time may be ahead of the server's clock, in milliseconds; default one hour. */
  readonly futureToleranceMs?: number;
  /** Retention policy to put in force, or `off` to purge nothing; default the policy that the database has. */
  readonly retention?: RetentionSetting;
  /** Time between two purges, in milliseconds; default one hour. */
  readonly retentionIntervalMs?: number;
  /** Milliseconds since 1970; default the system's clock. */
  readonly now?: () => number;
}

/** A server that takes requests. */
export interface RunningServer {
  readonly url: string;
  readonly logId: string;
  /** Answers what is under way, stores what was accepted, then closes everything. Safe to call twice. */
  close(): Promise<void>;
}

/** Migrates the database, opens the log and starts to listen. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const { database, logger, logId = 'default', now = Date.now } = options;
  const applied = await migrate(database);
  if (applied.length > 0) logger.info({ versions: applied }, 'database migrated');
  const tree = new LogTree({ database, logId, signingKey: options.signingKey, now });
  const writer = new LogWriter({ database, logId, now, signer: tree });
  await tree.open((submission) => writer.write([submission]));
  const tiles = new TilePublisher({ database, logId, logger });
  const cosigner = new Cosigner({ database, logId, logger, witnesses: options.witnesses ?? [] });
  const commits = new GroupCommit(async (submissions) => {
    const results = await writer.write(submissions);
    tiles.wake();
    cosigner.wake();
    return results;
  });
  const ownEvents = new OwnEventWriter({ submit: (submission) => commits.submit(submission), now });
  const holds = createLegalHolds({ database, logId, ownEvents });
  const erase = createErasure({ database, logId, ownEvents });
  const retention = await startRetention(options, { database, logId, logger, now, ownEvents });
  let isClosing = false;
  const http = createHttpServer({
    logger,
    logId,
    now,
    bodyBytesMax: options.bodyBytesMax ?? 5 * 1_048_576,
    batchEventsMax: options.batchEventsMax ?? 500,
    checks: {
      now,
      catalogue: options.catalogue ?? contractCatalogue,
      futureToleranceMs: options.futureToleranceMs ?? 3_600_000,
    },
    isClosing: () => isClosing,
    submit: (submission) => commits.submit(submission),
    holds: {
      place: (request, principal) => reachable(holds.place(request, principal)),
      release: (...request) => reachable(holds.release(...request)),
      list: (query) => reachable(holds.list(query)),
    },
    ...createLogEvidence({ database, logId, now, reachable }),
    erase: (request) => reachable(erase(request)),
    read: (query) => reachable(readRecords(database, logId, query)),
    unreadyReason: async () => (isClosing ? 'shutting_down' : await databaseReason(database)),
  });
  const url = await http.listen({ host: options.host ?? '127.0.0.1', port: options.port ?? 0 });
  const stop = async () => {
    isClosing = true;
    await closeWithin(http, shutdownTimeoutMs);
    await retention?.stop();
    await commits.drain();
    await tiles.stop();
    await cosigner.stop();
    writer.close();
    await database.close();
  };
  let stopped: Promise<void> | undefined;
  return {
    url,
    logId,
    close() {
      stopped ??= stop();
      return stopped;
    },
  };
}

async function startRetention(
  { retention, retentionIntervalMs: intervalMs }: ServerOptions,
  worker: RetentionWorkerOptions,
): Promise<RetentionWorker | undefined> {
  if (retention === 'off') return undefined;
  if (retention !== undefined) await applyRetentionPolicy(worker.database, retention);
  return startRetentionWorker(intervalMs === undefined ? worker : { ...worker, intervalMs });
}

const shutdownTimeoutMs = 10_000;

// A client that neither finishes its request nor hangs up must not keep the process for ever.
async function closeWithin(http: FastifyInstance, milliseconds: number): Promise<void> {
  const timer = setTimeout(() => http.server.closeAllConnections(), milliseconds);
  await http.close();
  clearTimeout(timer);
}

async function reachable<Result>(work: Promise<Result>): Promise<Result> {
  try {
    return await work;
  } catch (error) {
    throw isPassingError(error)
      ? new StoreUnavailableError('the database cannot be read now', { cause: error })
      : error;
  }
}

const probeTimeoutMs = 2_000;

async function databaseReason(database: Database): Promise<'database_unreachable' | undefined> {
  try {
    await Promise.race([database.query('select 1'), rejectAfter(probeTimeoutMs)]);
    return undefined;
  } catch {
    // The probe's answer is the report; the pool logs the connection's own error.
    return 'database_unreachable';
  }
}

function rejectAfter(milliseconds: number): Promise<never> {
  return new Promise((_resolve, reject) => {
    setTimeout(() => reject(new Error('the database did not answer in time')), milliseconds).unref();
  });
}
