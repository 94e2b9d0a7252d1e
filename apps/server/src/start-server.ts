import { setTimeout as delay } from 'node:timers/promises';
import { contractCatalogue, type EventCatalogue } from '@audit/schema';
import type { FastifyBaseLogger } from 'fastify';
import { openAccessControl } from './access/access-control.ts';
import { type AccessSettings, startAccess } from './access/start-access.ts';
import { endServer } from './end-server.ts';
import type { ConsoleSource } from './http/console-files.ts';
import { createHttpServer } from './http/create-http-server.ts';
import { createMetricsServer } from './http/create-metrics-server.ts';
import { defaultHttpLimits, type HttpLimits } from './http/http-limits.ts';
import { readTls, reloadTls, type TlsFiles } from './http/tls-files.ts';
import type { GroupCommitLimits } from './ingest/group-commit.ts';
import { LogWriter } from './ingest/log-writer.ts';
import { Partitions } from './ingest/partitions.ts';
import { defaultIngestLimits, type IngestLimits } from './ingest-limits.ts';
import { createLogOperations, reachable } from './log-operations.ts';
import { createMetrics } from './metrics/create-metrics.ts';
import { createIntakeStore, writeOne } from './outage/create-intake-store.ts';
import { type IntakeSpools, openIntake } from './outage/open-intake.ts';
import { judgeReadiness } from './outage/readiness.ts';
import { OwnEventWriter } from './own-events/own-event-writer.ts';
import type { RetentionSetting } from './retention/parse-retention-policy.ts';
import { readRetentionPolicy } from './retention/retention-policy.ts';
import {
  type RetentionWorker,
  type RetentionWorkerOptions,
  startRetentionWorker,
} from './retention/retention-worker.ts';
import { shutDown } from './shut-down.ts';
import { readStatus } from './status/read-status.ts';
import type { Database } from './store/database.ts';
import { probeDatabase } from './store/probe-database.ts';
import { LogTails, type TailSettings } from './tail/log-tails.ts';
import { CommitSpans } from './tracing/commit-spans.ts';
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
  /** TCP port of a listener that serves the metrics alone, 0 for any free one; default none, they are on `port`. */
  readonly metricsPort?: number;
  /** Who may call what; default everybody, as `anonymous`. */
  readonly access?: AccessSettings;
  /** Certificate and key to speak TLS with; default plain HTTP. */
  readonly tls?: TlsFiles | undefined;
  /** Origins whose pages may call the server from a browser; default none. */
  readonly corsOrigins?: readonly string[];
  /** Directory with the built console, or `off` to serve none; default none, and `/` tells how to build it. */
  readonly console?: ConsoleSource;
  /** How much clients may hold of it; every limit has a default. */
  readonly httpLimits?: Partial<HttpLimits>;
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
  /** How streams of the log behave; every setting has a default. */
  readonly tails?: Partial<TailSettings>;
  readonly shutdown?: ShutdownTimes;
  /** Milliseconds since 1970; default the system's clock. */
  readonly now?: () => number;
}

/** How long the end of a server takes. */
export interface ShutdownTimes {
  /** From the first 503 of readiness until no request is taken any more, in milliseconds; default 0. */
  readonly delayMs?: number;
  /** Longest time of all, in milliseconds; default 25,000. */
  readonly timeoutMs?: number;
}

/** A server that takes requests. */
export interface RunningServer {
  readonly url: string;
  /** Address of the listener for metrics, when they have one of their own. */
  readonly metricsUrl?: string;
  readonly logId: string;
  /** Reads access policy, certificate and key again. What is wrong is logged, and what was in force stays. */
  reload(): Promise<void>;
  /**
   * Says not ready, goes on serving for the delay, answers what is under way, stores what was accepted, then closes
   * everything. Safe to call twice.
   * @throws {AggregateError} when a step failed or took too long; the others were done all the same
   */
  close(): Promise<void>;
}

/** Migrates the database, opens the log and starts to listen. With a spool, the database may come later. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const { database, spools, logger, logId = 'default', now = Date.now } = options;
  const { commits = {}, databaseTimeoutMs = 5_000, witnesses = [] } = options;
  const settings = options.access ?? {};
  const control = await openAccessControl({ file: settings.policyFile, now });
  const tls = options.tls === undefined ? undefined : await readTls(options.tls);
  const tree = new LogTree({ database, logId, signingKey: options.signingKey, now });
  const partitions = new Partitions({
    database,
    onLag: (error) => logger.error({ err: error }, 'no partition could be made ahead: it is tried again'),
  });
  const purges = options.retention !== 'off';
  const metrics = createMetrics({ database, logId, witnesses, now, purges });
  const { stages } = metrics;
  const writer = new LogWriter({
    database,
    logId,
    signer: tree,
    partitions,
    stages,
    onRestart: () => metrics.commits.restarted(),
  });
  const tiles = new TilePublisher({ database, logId, logger, stages });
  const cosigner = new Cosigner({ database, logId, logger, witnesses });
  const tails = new LogTails({ database, logId, logger, ...options.tails });
  const spans = new CommitSpans();
  const onStored = () => {
    tails.wake();
    tiles.wake();
    cosigner.wake();
  };
  const store = createIntakeStore(
    { database, logger, retention: options.retention },
    { tree, writer, partitions, metrics, spans, onStored },
  );
  const observer = metrics.events;
  const intake = await openIntake({ store, spools, logger, commits, databaseTimeoutMs, observer });
  metrics.observeIntake(intake, spools?.quotaBytes);
  const submit = metrics.events.around((submission) => writeOne(store, submission));
  const ownEvents = new OwnEventWriter({ submit, now });
  const access = startAccess({ control, settings, database, logId, logger, now, ownEvents });
  const retention = startRetention(options, {
    database,
    logId,
    logger,
    now,
    ownEvents,
    observer: metrics.retention,
  });
  let isClosing = false;
  const isDatabaseThere = async () => {
    const isKnownAway = isClosing || intake.status?.state === 'away';
    return !isKnownAway && (await probeDatabase(database, probeTimeoutMs));
  };
  const state = { intake, spoolQuotaBytes: spools?.quotaBytes, isClosing: () => isClosing, isDatabaseThere };
  const readMetrics = () => metrics.read();
  const http = await createHttpServer({
    logger,
    access: access.http,
    noteReading: access.http.noteReading,
    httpLimits: { ...defaultHttpLimits, ...options.httpLimits },
    tls,
    corsOrigins: options.corsOrigins ?? [],
    console: options.console,
    logId,
    now,
    metrics: metrics.requests,
    readMetrics: options.metricsPort === undefined ? readMetrics : undefined,
    stages,
    checks: {
      now,
      catalogue: options.catalogue ?? contractCatalogue,
      limits: { ...defaultIngestLimits, ...options.limits },
    },
    isClosing: state.isClosing,
    submit: metrics.writes.around(
      metrics.events.around((submission) => {
        spans.note(submission);
        return intake.submit(submission);
      }),
    ),
    ...createLogOperations({ database, logId, ownEvents, tree, tails, cosigner, witnesses, now }),
    readRetention: async () => ({
      isPurging: purges,
      policy: await reachable(readRetentionPolicy(database)),
    }),
    readStatus: () => reachable(readStatus({ database, logId, witnesses, now, ...state })),
    readiness: async () =>
      judgeReadiness({ isClosing, isDatabaseThere: await isDatabaseThere(), intake: intake.status }),
  });
  const host = options.host ?? '127.0.0.1';
  const url = await http.listen({ host, port: options.port ?? 0 });
  const metricsHttp = createMetricsServer({ logger, readMetrics });
  const metricsUrl =
    options.metricsPort === undefined
      ? undefined
      : await metricsHttp.listen({ host, port: options.metricsPort });
  const { delayMs = 0, timeoutMs = 25_000 } = options.shutdown ?? {};
  const stop = async () => {
    isClosing = true;
    await delay(delayMs);
    const steps = endServer({
      tails,
      access,
      intake,
      tiles,
      cosigner,
      partitions,
      writer,
      database,
      databaseTimeoutMs,
      retention,
      http,
      metricsHttp,
    });
    await shutDown(steps, { timeoutMs: timeoutMs - delayMs, logger }).finally(() => metrics.stop());
  };
  let stopped: Promise<void> | undefined;
  return {
    url,
    logId,
    ...(metricsUrl !== undefined && { metricsUrl }),
    async reload() {
      await access.reload();
      if (options.tls !== undefined) await reloadTls(http.server, options.tls, logger);
    },
    close() {
      stopped ??= stop();
      return stopped;
    },
  };
}

function startRetention(
  { retention, retentionIntervalMs: intervalMs }: ServerOptions,
  worker: RetentionWorkerOptions,
): RetentionWorker | undefined {
  if (retention === 'off') return undefined;
  return startRetentionWorker(intervalMs === undefined ? worker : { ...worker, intervalMs });
}

// Below what common orchestrators wait for a probe.
const probeTimeoutMs = 900;
