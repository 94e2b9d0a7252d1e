import { contractCatalogue, type EventCatalogue } from '@audit/schema';
import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import { createHttpServer } from './http/create-http-server.ts';
import type { GroupCommitLimits } from './ingest/group-commit.ts';
import { LogWriter } from './ingest/log-writer.ts';
import { defaultIngestLimits, type IngestLimits } from './ingest-limits.ts';
import { cutAfter } from './outage/cut-after.ts';
import type { IntakeStore } from './outage/intake.ts';
import { type IntakeSpools, openIntake } from './outage/open-intake.ts';
import { judgeReadiness } from './outage/readiness.ts';
import { readRecords } from './query/record-reader.ts';
import type { Database } from './store/database.ts';
import { migrate } from './store/migrate.ts';
import { probeDatabase } from './store/probe-database.ts';
import { isPassingError, StoreUnavailableError } from './store/store-errors.ts';

/** Options of {@link startServer}. */
export interface ServerOptions {
  /** Opened by the caller, closed with the server. */
  readonly database: Database;
  /** Keep writes while the database cannot be used; default none, then they are refused. */
  readonly spools?: IntakeSpools | undefined;
  readonly logger: FastifyBaseLogger;
  /** Address to listen on; default 127.0.0.1. */
  readonly host?: string;
  /** TCP port; default 0, any free one. */
  readonly port?: number;
  /** Log the server writes; default `default`. */
  readonly logId?: string;
  /** Event types it takes; default those of the contract. */
  readonly catalogue?: EventCatalogue;
  /** What it takes; every limit has a default. */
  readonly limits?: Partial<IngestLimits>;
  /** Sizes of transactions, and of what waits for them. */
  readonly commits?: Partial<GroupCommitLimits>;
  /** Longest wait for the database until a write is spooled, in milliseconds; default 5,000. */
  readonly databaseTimeoutMs?: number;
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

/** Migrates the database, opens the log and starts to listen. With a spool, the database may come later. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const { database, spools, logger, logId = 'default', now = Date.now } = options;
  const { commits = {}, databaseTimeoutMs = 5_000 } = options;
  const writer = new LogWriter({ database, logId });
  const store = storeOf(database, writer, logger);
  const intake = await openIntake({ store, spools, logger, commits, databaseTimeoutMs });
  let isClosing = false;
  const http = createHttpServer({
    logger,
    logId,
    now,
    checks: {
      now,
      catalogue: options.catalogue ?? contractCatalogue,
      limits: { ...defaultIngestLimits, ...options.limits },
    },
    isClosing: () => isClosing,
    submit: (submission) => intake.submit(submission),
    read: (query) => reachable(readRecords(database, logId, query)),
    readiness: async () => {
      const isKnownAway = isClosing || intake.status?.state === 'away';
      const isDatabaseThere = !isKnownAway && (await probeDatabase(database, probeTimeoutMs));
      return judgeReadiness({ isClosing, isDatabaseThere, intake: intake.status });
    },
  });
  const url = await http.listen({ host: options.host ?? '127.0.0.1', port: options.port ?? 0 });
  const stop = async () => {
    isClosing = true;
    await closeWithin(http, shutdownTimeoutMs);
    await intake.close(shutdownTimeoutMs);
    writer.close();
    await cutAfter(databaseTimeoutMs, store.disconnect, () => database.close());
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

function storeOf(database: Database, writer: LogWriter, logger: FastifyBaseLogger): IntakeStore {
  return {
    async open() {
      const applied = await migrate(database);
      if (applied.length > 0) logger.info({ versions: applied }, 'database migrated');
      await writer.open();
    },
    write: (submissions, options) => writer.write(submissions, options),
    disconnect: () => database.disconnect(),
  };
}

// Below what common orchestrators wait for a probe.
const probeTimeoutMs = 900;
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
