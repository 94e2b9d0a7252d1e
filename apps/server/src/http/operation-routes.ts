import { specHash, specVersion } from '@audit/schema';
import type { FastifyInstance } from 'fastify';
import { specDocument } from '../generated/spec-document.ts';
import type { Readiness } from '../outage/readiness.ts';

/** What the probes need. */
export interface OperationRouteOptions {
  readonly logId: string;
  readonly readiness: () => Promise<Readiness>;
}

/** Adds `GET /healthz`, `GET /readyz` and `GET /openapi.json`. */
export function addOperationRoutes(server: FastifyInstance, options: OperationRouteOptions): void {
  const identity = { log_id: options.logId, spec_version: specVersion, spec_hash: specHash };

  server.get('/healthz', async () => ({ status: 'healthy', timestamp: new Date().toISOString() }));

  server.get('/readyz', async (_request, reply) => {
    const readiness = await options.readiness();
    return reply.code(readiness.status === 'not_ready' ? 503 : 200).send({ ...readiness, ...identity });
  });

  server.get('/openapi.json', async (_request, reply) => reply.type('application/json').send(specDocument));
}
