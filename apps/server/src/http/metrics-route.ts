import type { FastifyInstance } from 'fastify';

/** What the metrics route needs. */
export interface MetricsRouteOptions {
  /** Writes the metrics; undefined when they have a listener of their own. */
  readonly readMetrics: (() => Promise<string>) | undefined;
}

/** Adds `GET /metrics`. */
export function addMetricsRoute(server: FastifyInstance, { readMetrics }: MetricsRouteOptions): void {
  if (readMetrics === undefined) return;
  server.get('/metrics', async (_request, reply) =>
    reply
      .type('text/plain; version=0.0.4; charset=utf-8')
      .header('cache-control', 'no-store')
      .send(await readMetrics()),
  );
}
