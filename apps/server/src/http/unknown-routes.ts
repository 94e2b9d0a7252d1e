import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Console } from './console-files.ts';
import { RequestProblem } from './request-problem.ts';

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;

/**
 * Answers paths of no route with what the console has there, or with 404, and methods that a path does not have with 405 and
 * `Allow`. The console comes after every route, so it can hide none.
 */
export function addUnknownRoutes(server: FastifyInstance, console: Console): void {
  server.setNotFoundHandler((request, reply) => {
    const allowed = allowedMethods(server, request);
    if (allowed.length === 0) {
      const answered = typeof console === 'string' ? undefined : console.answer(request, reply);
      if (answered !== undefined) return answered;
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
