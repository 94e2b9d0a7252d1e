import { contractCatalogue, type EventCatalogue } from '@audit/schema';
import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import { createDisclosure } from './erasure/disclose-event.ts';
import { createErasure } from './erasure/erase-personal-data.ts';
import { openExport } from './export/open-export.ts';
import { openPack } from './export/open-pack.ts';
import { createLegalHolds } from './holds/legal-holds.ts';
import { createHttpServer } from './http/create-http-server.ts';
import type { GroupCommitLimits } from './ingest/group-commit.ts';
import { LogWriter } from './ingest/log-writer.ts';
import { Partitions } from './ingest/partitions.ts';
import type { Submission, SubmissionResult } from './ingest/submission.ts';
import { defaultIngestLimits, type IngestLimits } from './ingest-limits.ts';
import { cutAfter } from './outage/cut-after.ts';
import type { IntakeStore } from './outage/intake.ts';
import { type IntakeSpools, openIntake } from './outage/open-intake.ts';
import { judgeReadiness } from './outage/readiness.ts';
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
import { probeDatabase } from './store/probe-database.ts';
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
  /** Keep writes while the database cannot be used; default none, then they are refused. */
  readonly spools?: IntakeSpools | undefined;
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
  /** What it takes; every limit has a default. */
  readonly limits?: Partial<IngestLimits>;
  /** Sizes of transactions, and of what waits for them. */
  readonly commits?: Partial<GroupCommitLimits>;
  /** Longest wait for the database until a write is spooled, in milliseconds; default 5,000. */
  readonly databaseTimeoutMs?: number;
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

/** Migrates the database, opens the log and starts to listen. With a spool, the database may come later. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const { database, spools, logger, logId = 'default', now = Date.now } = options;
  const { commits = {}, databaseTimeoutMs = 5_000, witnesses = [] } = options;
  const tree = new LogTree({ database, logId, signingKey: options.signingKey, now });
  const partitions = new Partitions({
    database,
    onLag: (error) => logger.error({ err: error }, 'no partition could be made ahead: it is tried again'),
  });
  const writer = new LogWriter({ database, logId, signer: tree, partitions });
  const tiles = new TilePublisher({ database, logId, logger });
  const cosigner = new Cosigner({ database, logId, logger, witnesses });
  const onStored = () => {
    tiles.wake();
    cosigner.wake();
  };
  const store = storeOf(options, { tree, writer, partitions, onStored });
  const intake = await openIntake({ store, spools, logger, commits, databaseTimeoutMs });
  const submit = (submission: Submission) => writeOne(store, submission);
  const ownEvents = new OwnEventWriter({ submit, now });
  const holds = createLegalHolds({ database, logId, ownEvents });
  const erase = createErasure({ database, logId, ownEvents });
  const disclose = createDisclosure({ database, logId, ownEvents });
  const exports = {
    ...{ database, logId, ownEvents, now },
    signer: () => tree.signer,
    witnessKeys: witnesses.map(({ verifier }) => verifier.text),
    cosign: () => cosigner.cosign(),
  };
  const retention = startRetention(options, { database, logId, logger, now, ownEvents });
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
    holds: {
      place: (request, principal) => reachable(holds.place(request, principal)),
      release: (...request) => reachable(holds.release(...request)),
      list: (query) => reachable(holds.list(query)),
    },
    ...createLogEvidence({ database, logId, ownEvents, now, reachable }),
    erase: (request) => reachable(erase(request)),
    disclose: (...request) => reachable(disclose(...request)),
    read: (query) => reachable(readRecords(database, logId, query)),
    openExport: (...request) => reachable(openExport(exports, ...request)),
    openPack: (...request) => reachable(openPack(exports, ...request)),
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
    await retention?.stop();
    await intake.close(shutdownTimeoutMs);
    await tiles.stop();
    await cosigner.stop();
    await partitions.stop();
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

interface LogParts {
  readonly tree: LogTree;
  readonly writer: LogWriter;
  readonly partitions: Partitions;
  /** Called when the log has grown. */
  readonly onStored: () => void;
}

function storeOf({ database, logger, retention }: ServerOptions, parts: LogParts): IntakeStore {
  const { onStored, partitions, tree, writer } = parts;
  return {
    async reach() {
      await database.query('select 1');
    },
    async open() {
      const applied = await migrate(database);
      if (applied.length > 0) logger.info({ versions: applied }, 'database migrated');
      if (retention !== undefined && retention !== 'off') await applyRetentionPolicy(database, retention);
      await partitions.cover(0);
      await tree.open((submission) => writer.write([submission]));
    },
    async write(submissions, options) {
      const results = await writer.write(submissions, options);
      onStored();
      return results;
    },
    disconnect: () => database.disconnect(),
  };
}

function startRetention(
  { retention, retentionIntervalMs: intervalMs }: ServerOptions,
  worker: RetentionWorkerOptions,
): RetentionWorker | undefined {
  if (retention === 'off') return undefined;
  return startRetentionWorker(intervalMs === undefined ? worker : { ...worker, intervalMs });
}

// An event of the server is stored now or not at all: what it says is done with it.
async function writeOne(store: IntakeStore, submission: Submission): Promise<SubmissionResult> {
  const [result] = await store.write([submission]);
  if (result === undefined) throw new Error('one submission was written, no result came back');
  return result;
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
