import type { FastifyInstance } from 'fastify';

/** Headers of every answer: nothing of it is run, framed, guessed at, kept or told to another site. */
export const securityHeaders: Readonly<Record<string, string>> = {
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
};

const oneYearSeconds = 31_536_000;

/** Adds {@link securityHeaders} to every answer; a route may say something else. */
export function addSecurityHeaders(server: FastifyInstance, isSecure: boolean): void {
  const headers = {
    ...securityHeaders,
    ...(isSecure && { 'strict-transport-security': `max-age=${oneYearSeconds}` }),
  };
  server.addHook('onRequest', (_request, reply, done) => {
    reply.headers(headers);
    done();
  });
}
