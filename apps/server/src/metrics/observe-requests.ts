import type { FastifyInstance, FastifyRequest } from 'fastify';
import { toRequestProblem } from '../http/problem-reply.ts';
import type { RequestMetrics } from './request-metrics.ts';

/** Has every answer of a server counted, under the operation and never under the URL, which anybody can invent. */
export function observeRequests(server: FastifyInstance, metrics: RequestMetrics): void {
  server.addHook('onError', (request, _reply, error, done) => {
    metrics.refused(operationOfRequest(request), toRequestProblem(error));
    done();
  });

  server.addHook('onResponse', (request, reply, done) => {
    const operation = operationOfRequest(request);
    metrics.answered({ operation, status: reply.statusCode, milliseconds: reply.elapsedTime });
    done();
  });
}

// What is not in the contract has no rule.
function operationOfRequest({ routeOptions }: FastifyRequest): string {
  return routeOptions.config.rule?.operation ?? 'other';
}
