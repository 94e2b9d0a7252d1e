import type { FastifyInstance } from 'fastify';
import type { Console } from './console-files.ts';
import { RequestProblem } from './request-problem.ts';

const reasons = {
  off: 'The console is switched off (--console or AUDIT_CONSOLE). The reference of the API is at /docs.',
  not_built: 'The console is not built: run npx -y pnpm@12 build. The reference of the API is at /docs.',
} as const;

/** Adds `GET /`, which opens the console or says why there is none. */
export function addConsoleRoute(server: FastifyInstance, console: Console): void {
  server.get('/', async (_request, reply) => {
    if (typeof console === 'string') throw new RequestProblem('not-found', reasons[console]);
    return console.sendPage(reply);
  });
}
