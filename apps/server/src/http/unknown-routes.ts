import type { FastifyInstance, FastifyRequest } from 'fastify';
import { RequestProblem } from './request-problem.ts';

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;

/** Answers paths that do not exist with 404, and methods a path does not have with 405 and `Allow`. */
export function addUnknownRoutes(server: FastifyInstance): void {
  server.setNotFoundHandler((request) => {
    const allowed = allowedMethods(server, request);
    if (allowed.length === 0) {
      throw new RequestProblem(
        'not-found',
        'There is nothing at this path. The paths are listed in /openapi.json.',
      );
    }
    throw new RequestProblem('method-not-allowed', `This path takes ${allowed.join(', ')}.`, {
      headers: { allow: allowed.join(', ') },
    });
  });
}

function allowedMethods(server: FastifyInstance, request: FastifyRequest): string[] {
  const url = request.url.split('?', 1)[0] ?? request.url;
  return methods.filter((method) => server.hasRoute({ url, method }));
}
