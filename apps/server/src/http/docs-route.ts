import type { FastifyInstance } from 'fastify';
import type { ApiDocument } from '../docs/api-document.ts';
import { type ApiPage, writeApiPage } from '../docs/api-page.ts';
import { specDocument } from '../generated/spec-document.ts';

/** Adds `GET /docs`. */
export function addDocsRoute(server: FastifyInstance): void {
  let page: ApiPage | undefined;
  server.get('/docs', async (_request, reply) => {
    // The document is our own, checked by the linter, and has every part that the page reads.
    page ??= writeApiPage(JSON.parse(specDocument) as ApiDocument);
    return reply
      .headers({
        'content-security-policy': page.policy,
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
      })
      .type('text/html; charset=utf-8')
      .send(page.html);
  });
}
