import type { FastifyInstance } from 'fastify';
import { type IngestLimits, toAuditLimits } from '../ingest-limits.ts';

/** Adds `GET /api/v1/audit/limits`. */
export function addLimitsRoute(server: FastifyInstance, limits: IngestLimits): void {
  const body = JSON.stringify(toAuditLimits(limits));
  server.get('/api/v1/audit/limits', async (_request, reply) => reply.type('application/json').send(body));
}
