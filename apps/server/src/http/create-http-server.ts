import type { SecureContextOptions } from 'node:tls';
import { specHash, specVersion } from '@audit/schema';
import fastifyCors from '@fastify/cors';
import { type FastifyBaseLogger, type FastifyInstance, fastify, LogController } from 'fastify';
import { observeRequests } from '../metrics/observe-requests.ts';
import type { RequestMetrics } from '../metrics/request-metrics.ts';
import { addRequestSpans } from '../tracing/request-spans.ts';
import { type ConsoleSource, openConsole } from './console-files.ts';
import { addConsoleRoute } from './console-route.ts';
import { addDisclosureRoute, type DisclosureRouteOptions } from './disclosure-route.ts';
import { addDocsRoute } from './docs-route.ts';
import { addErasureRoutes, type ErasureRouteOptions } from './erasure-routes.ts';
import { addExportRoute, type ExportRouteOptions } from './export-route.ts';
import { addHoldRoutes, type HoldRouteOptions } from './hold-routes.ts';
import type { HttpLimits } from './http-limits.ts';
import { limitExports } from './limit-exports.ts';
import { addLimitsRoute } from './limits-route.ts';
import { addMetricsRoute, type MetricsRouteOptions } from './metrics-route.ts';
import { addNotificationRoute, type NotificationRouteOptions } from './notification-route.ts';
import { addOperationRoutes, type OperationRouteOptions } from './operation-routes.ts';
import { addPackRoute, type PackRouteOptions } from './pack-route.ts';
import { replyWithProblem } from './problem-reply.ts';
import { addProofRoutes, type ProofRouteOptions } from './proof-routes.ts';
import { addQueryRoute, type QueryRouteOptions } from './query-route.ts';
import { acceptJsonBodies } from './read-json-body.ts';
import type { ReadingNotes } from './reading-notes.ts';
import { addReconstructionRoute, type ReconstructionRouteOptions } from './reconstruction-route.ts';
import { createUnreadableRequests, type UnreadableRequests } from './refuse-unreadable.ts';
import { RequestProblem } from './request-problem.ts';
import { type AccessOptions, requireAccess } from './require-access.ts';
import { addRetentionRoute, type RetentionRouteOptions } from './retention-route.ts';
import { addSecurityHeaders } from './security-headers.ts';
import { addStatisticsRoute, type StatisticsRouteOptions } from './statistics-route.ts';
import { addStatusRoute, type StatusRouteOptions } from './status-route.ts';
import { addTailRoute, type TailRouteOptions } from './tail-route.ts';
import { addTreeRoutes, type TreeRouteOptions } from './tree-routes.ts';
import { addUnknownRoutes } from './unknown-routes.ts';
import { addWriteRoutes, type WriteRouteOptions } from './write-routes.ts';

/** What the HTTP side of the service needs. */
export interface HttpServerOptions
  extends WriteRouteOptions,
    QueryRouteOptions,
    TailRouteOptions,
    StatisticsRouteOptions,
    StatusRouteOptions,
    ReconstructionRouteOptions,
    NotificationRouteOptions,
    ExportRouteOptions,
    PackRouteOptions,
    DisclosureRouteOptions,
    OperationRouteOptions,
    MetricsRouteOptions,
    HoldRouteOptions,
    ErasureRouteOptions,
    RetentionRouteOptions,
    TreeRouteOptions,
    ProofRouteOptions,
    ReadingNotes {
  readonly logger: FastifyBaseLogger;
  readonly access: AccessOptions;
  readonly httpLimits: HttpLimits;
  /** Certificate and key; without them the server speaks plain HTTP. */
  readonly tls?: SecureContextOptions | undefined;
  /** Origins whose pages may call the server from a browser. */
  readonly corsOrigins: readonly string[];
  /** Where the built console is; see `ServerOptions`. */
  readonly console?: ConsoleSource | undefined;
  readonly metrics: RequestMetrics;
  /** Whether the server is about to stop: answers then end their connection, which would else keep it open. */
  readonly isClosing: () => boolean;
}

/** Creates the HTTP server with every route of the contract; it listens when told to. */
export async function createHttpServer(options: HttpServerOptions): Promise<FastifyInstance> {
  const unreadable = createUnreadableRequests();
  const server = createServer(options, unreadable);
  unreadable.watch(server);
  // An expectation that is not known may be ignored (RFC 9110, section 10.1.1); Node would answer 417 without a body.
  server.server.on('checkExpectation', (request, response) => server.routing(request, response));
  addRequestSpans(server);
  observeRequests(server, options.metrics);
  server.addHook('onRequest', ({ raw }, reply, done) => {
    reply.header('audit-spec', specIdentity);
    // RFC 9112, section 3.2.
    const isHostless = raw.headers.host === undefined && raw.httpVersion === '1.1';
    done(isHostless ? hostless() : undefined);
  });
  server.addHook('onSend', (_request, reply, _payload, done) => {
    if (options.isClosing()) reply.header('connection', 'close');
    done();
  });
  server.setErrorHandler(replyWithProblem);
  addSecurityHeaders(server, options.tls !== undefined);
  await allowOrigins(server, options.corsOrigins);
  requireAccess(server, options.access);
  limitExports(server, options.httpLimits.exportsMax);
  acceptJsonBodies(server, { ...options.checks.limits, ...options.httpLimits });
  addWriteRoutes(server, options);
  addQueryRoute(server, options);
  addTailRoute(server, options);
  addStatisticsRoute(server, options);
  addStatusRoute(server, options);
  addReconstructionRoute(server, options);
  addNotificationRoute(server, options);
  addExportRoute(server, options);
  addPackRoute(server, options);
  addDisclosureRoute(server, options);
  addHoldRoutes(server, options);
  addErasureRoutes(server, options);
  addRetentionRoute(server, options);
  addTreeRoutes(server, options);
  addProofRoutes(server, options);
  addLimitsRoute(server, options.checks.limits);
  addOperationRoutes(server, options);
  const console = await openConsole(server, options.console);
  addDocsRoute(server);
  addConsoleRoute(server, console);
  addMetricsRoute(server, options);
  addUnknownRoutes(server, console);
  return server;
}

function createServer(
  { httpLimits, logger, tls }: HttpServerOptions,
  { refuse }: UnreadableRequests,
): FastifyInstance {
  const { idleTimeoutMs, requestTimeoutMs } = httpLimits;
  const http = {
    // Node's own refusal has no body.
    requireHostHeader: false,
    headersTimeout: Math.min(requestTimeoutMs, headersTimeoutMsMax),
    connectionsCheckingInterval: Math.min(requestTimeoutMs, 1_000),
  };
  const options = {
    loggerInstance: logger,
    // A line per request would cost more than the request, and so would a logger of its own.
    logController: new LogController({ disableRequestLogging: true }),
    childLoggerFactory: (parent: FastifyBaseLogger) => parent,
    // Requests that are under way when the server stops get their answer.
    return503OnClosing: false,
    forceCloseConnections: 'idle',
    requestTimeout: requestTimeoutMs,
    connectionTimeout: idleTimeoutMs,
    // A correlation id of 255 characters is a path parameter; percent-encoded it has up to nine times as many.
    routerOptions: { maxParamLength: 9 * 255 },
    frameworkErrors: replyWithProblem,
    clientErrorHandler: refuse,
  } as const;
  if (tls === undefined) return fastify({ ...options, http });
  // The two differ in the type of the socket's server alone, which no route touches.
  return fastify({ ...options, https: { ...tls, ...http } }) as unknown as FastifyInstance;
}

const headersTimeoutMsMax = 10_000;

const specIdentity = `${specVersion}+sha256.${specHash}`;

function hostless(): RequestProblem {
  return new RequestProblem('invalid-request', 'The request has no Host header, which HTTP/1.1 demands.');
}

async function allowOrigins(server: FastifyInstance, origins: readonly string[]): Promise<void> {
  if (origins.length === 0) return;
  await server.register(fastifyCors, {
    origin: [...origins],
    methods: ['GET', 'HEAD', 'POST', 'DELETE'],
    allowedHeaders: ['authorization', 'content-type'],
    exposedHeaders: ['audit-spec', 'audit-log-id', 'audit-log-size', 'retry-after', 'www-authenticate'],
    maxAge: 300,
    strictPreflight: false,
  });
}
