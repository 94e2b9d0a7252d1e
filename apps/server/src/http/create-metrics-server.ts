import { type FastifyBaseLogger, type FastifyInstance, fastify, LogController } from 'fastify';
import { addMetricsRoute } from './metrics-route.ts';
import { replyWithProblem } from './problem-reply.ts';
import { addUnknownRoutes } from './unknown-routes.ts';

/** Options of {@link createMetricsServer}. */
export interface MetricsServerOptions {
  readonly logger: FastifyBaseLogger;
  readonly readMetrics: () => Promise<string>;
}

/** Creates a server that has `GET /metrics` and nothing else, for a port that only the monitoring reaches. */
export function createMetricsServer({ logger, readMetrics }: MetricsServerOptions): FastifyInstance {
  const server: FastifyInstance = fastify({
    loggerInstance: logger,
    logController: new LogController({ disableRequestLogging: true }),
    forceCloseConnections: true,
    frameworkErrors: replyWithProblem,
  });
  server.setErrorHandler(replyWithProblem);
  addMetricsRoute(server, { readMetrics });
  addUnknownRoutes(server, 'off');
  return server;
}
