import type { AuditStatus } from '@audit/schema';
import type { FastifyInstance } from 'fastify';

/** What the route of the status needs. */
export interface StatusRouteOptions {
  readonly readStatus: () => Promise<AuditStatus>;
}

/** Adds `GET /api/v1/audit/status`. */
export function addStatusRoute(server: FastifyInstance, { readStatus }: StatusRouteOptions): void {
  server.get('/api/v1/audit/status', () => readStatus());
}
