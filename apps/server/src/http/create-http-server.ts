import type { Socket } from 'node:net';
import { specHash, specVersion } from '@audit/schema';
import { type FastifyBaseLogger, type FastifyInstance, fastify, LogController } from 'fastify';
import { observeRequests } from '../metrics/observe-requests.ts';
import type { RequestMetrics } from '../metrics/request-metrics.ts';
import { addRequestSpans } from '../tracing/request-spans.ts';
import { addDisclosureRoute, type DisclosureRouteOptions } from './disclosure-route.ts';
import { addDocsRoute } from './docs-route.ts';
import { addErasureRoutes, type ErasureRouteOptions } from './erasure-routes.ts';
import { addExportRoute, type ExportRouteOptions } from './export-route.ts';
import { addHoldRoutes, type HoldRouteOptions } from './hold-routes.ts';
import { addLimitsRoute } from './limits-route.ts';
import { addMetricsRoute, type MetricsRouteOptions } from './metrics-route.ts';
import { addNotificationRoute, type NotificationRouteOptions } from './notification-route.ts';
import { addOperationRoutes, type OperationRouteOptions } from './operation-routes.ts';
import { addPackRoute, type PackRouteOptions } from './pack-route.ts';
import { problemDocument, replyWithProblem } from './problem-reply.ts';
import { addProofRoutes, type ProofRouteOptions } from './proof-routes.ts';
import { addQueryRoute, type QueryRouteOptions } from './query-route.ts';
import { acceptJsonBodies } from './read-json-body.ts';
import { addReconstructionRoute, type ReconstructionRouteOptions } from './reconstruction-route.ts';
import { RequestProblem } from './request-problem.ts';
import { addStatisticsRoute, type StatisticsRouteOptions } from './statistics-route.ts';
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
    ReconstructionRouteOptions,
    NotificationRouteOptions,
    ExportRouteOptions,
    PackRouteOptions,
    DisclosureRouteOptions,
    OperationRouteOptions,
    MetricsRouteOptions,
    HoldRouteOptions,
    ErasureRouteOptions,
    TreeRouteOptions,
    ProofRouteOptions {
  readonly logger: FastifyBaseLogger;
  readonly metrics: RequestMetrics;
  /** Whether the server is about to stop: answers then end their connection, which would else keep it open. */
  readonly isClosing: () => boolean;
}

/** Creates the HTTP server with every route of the contract; it listens when told to. */
export function createHttpServer(options: HttpServerOptions): FastifyInstance {
  const server: FastifyInstance = fastify({
    loggerInstance: options.logger,
    // A line per request would cost more than the request.
    logController: new LogController({ disableRequestLogging: true }),
    // Requests that are under way when the server stops get their answer.
    return503OnClosing: false,
    forceCloseConnections: 'idle',
    // A correlation id of 255 characters is a path parameter; percent-encoded it has up to nine times as many.
    routerOptions: { maxParamLength: 9 * 255 },
    frameworkErrors: replyWithProblem,
    clientErrorHandler: refuseUnreadable,
  });
  addRequestSpans(server);
  observeRequests(server, options.metrics);
  server.addHook('onRequest', async (_request, reply) => {
    reply.header('audit-spec', `${specVersion}+sha256.${specHash}`);
  });
  server.addHook('onSend', async (_request, reply) => {
    if (options.isClosing()) reply.header('connection', 'close');
  });
  server.setErrorHandler(replyWithProblem);
  acceptJsonBodies(server, options.checks.limits.bodyBytesMax);
  addWriteRoutes(server, options);
  addQueryRoute(server, options);
  addTailRoute(server, options);
  addStatisticsRoute(server, options);
  addReconstructionRoute(server, options);
  addNotificationRoute(server, options);
  addExportRoute(server, options);
  addPackRoute(server, options);
  addDisclosureRoute(server, options);
  addHoldRoutes(server, options);
  addErasureRoutes(server, options);
  addTreeRoutes(server, options);
  addProofRoutes(server, options);
  addLimitsRoute(server, options.checks.limits);
  addOperationRoutes(server, options);
  addDocsRoute(server);
  addMetricsRoute(server, options);
  addUnknownRoutes(server);
  return server;
}

// Called by Node for bytes that are not HTTP: there is no request to answer, only a socket.
function refuseUnreadable(_error: Error, socket: Socket): void {
  const problem = new RequestProblem('invalid-request', 'The request is not HTTP as the server reads it.');
  const body = JSON.stringify(problemDocument(problem, '/'));
  const head = [
    'HTTP/1.1 400 Bad Request',
    'content-type: application/problem+json',
    `content-length: ${Buffer.byteLength(body)}`,
    'connection: close',
  ];
  if (socket.writable) socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
  else socket.destroy();
}
