import type { FastifyInstance } from 'fastify';
import { RequestProblem } from './request-problem.ts';

// Their answers have no bound, and each takes as long as its reader or the log makes it take.
const unbounded = new Set(['exportAuditEvents', 'exportEvidencePack', 'verifyChain']);

/** Lets at most so many requests with answers of any size be under way; more are answered 503. Comes after access. */
export function limitExports(server: FastifyInstance, exportsMax: number): void {
  let underWay = 0;
  server.addHook('onRequest', (request, reply, done) => {
    if (!unbounded.has(request.routeOptions.config.rule?.operation ?? '')) return done();
    if (underWay >= exportsMax) return done(tooMany(exportsMax));
    underWay += 1;
    // Comes once, whether the answer was read to its end or not.
    reply.raw.once('close', () => {
      underWay -= 1;
    });
    done();
  });
}

function tooMany(exportsMax: number): RequestProblem {
  const detail = `${exportsMax} exports and verifications are under way, and no more are taken. Try again later.`;
  return new RequestProblem('service-unavailable', detail, { headers: { 'retry-after': '5' } });
}
