import type { AuditStatistics } from '@audit/schema';
import type { FastifyInstance } from 'fastify';
import { parseStatisticsQuery } from '../statistics/parse-statistics-query.ts';
import type { StatisticsQuery } from '../statistics/statistics-query.ts';
import { queryOf } from './query-of.ts';

/** What the route of statistics needs. */
export interface StatisticsRouteOptions {
  readonly readStatistics: (query: StatisticsQuery) => Promise<AuditStatistics>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** Adds `GET /api/v1/audit/statistics`. */
export function addStatisticsRoute(server: FastifyInstance, options: StatisticsRouteOptions): void {
  server.get('/api/v1/audit/statistics', (request) =>
    options.readStatistics(
      queryOf(request.url, (parameters) => parseStatisticsQuery(parameters, options.now())),
    ),
  );
}
