import { specHash, specVersion } from '@audit/schema';
import type { FastifyInstance } from 'fastify';
import { specDocument } from '../generated/spec-document.ts';

/** What the probes need. */
export interface OperationRouteOptions {
  readonly logId: string;
  /** Why the server takes no events; undefined while it does. */
  readonly unreadyReason: () => Promise<'shutting_down' | 'database_unreachable' | undefined>;
}

/** Adds `GET /healthz`, `GET /readyz` and `GET /openapi.json`. */
export function addOperationRoutes(server: FastifyInstance, options: OperationRouteOptions): void {
  const identity = { log_id: options.logId, spec_version: specVersion, spec_hash: specHash };

  server.get('/healthz', async () => ({ status: 'healthy', timestamp: new Date().toISOString() }));

  server.get('/readyz', async (_request, reply) => {
    const reason = await options.unreadyReason();
    if (reason === undefined) return { status: 'ready', ...identity };
    return reply.code(503).send({ status: 'not_ready', reason, ...identity });
  });

  server.get('/openapi.json', async (_request, reply) => reply.type('application/json').send(specDocument));
}
