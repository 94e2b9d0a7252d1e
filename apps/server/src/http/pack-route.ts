import { Readable } from 'node:stream';
import type { Principal } from '@audit/datastorage/server';
import { eventIssue } from '@audit/schema';
import type { FastifyInstance } from 'fastify';
import type { OpenPack, PackOpening } from '../export/open-pack.ts';
import type { PackQuery } from '../export/pack-query.ts';
import { parsePackQuery } from '../export/parse-pack-query.ts';
import { announceFile } from './announce-file.ts';
import { principalOf } from './principal.ts';
import { brokenParameters, queryOf } from './query-of.ts';
import { RequestProblem } from './request-problem.ts';

/** What the route of evidence packs needs. */
export interface PackRouteOptions {
  readonly openPack: (query: PackQuery, principal: Principal) => Promise<PackOpening>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** Adds `GET /api/v1/audit/evidence-pack`. */
export function addPackRoute(server: FastifyInstance, options: PackRouteOptions): void {
  // Answering HEAD would read everything only to throw it away.
  server.get('/api/v1/audit/evidence-pack', { exposeHeadRoute: false }, async (request, reply) => {
    const query = queryOf(request.url, (parameters) => parsePackQuery(parameters, options.now()));
    const pack = packOf(await options.openPack(query, principalOf(request)));
    return (
      announceFile(reply, { ...pack, suffix: `${pack.closedBy}.pack` })
        .type('application/vnd.audit-pack; charset=utf-8')
        // When it fails after the headers, the connection is cut; a pack without its signature is none.
        .send(Readable.from(bytesOf(pack.text), { objectMode: false }))
    );
  });
}

function packOf(opening: PackOpening): OpenPack {
  switch (opening.outcome) {
    case 'opened':
      return opening;
    case 'nothing_there':
      throw new RequestProblem('not-found', nothingThere[opening.missing]);
    case 'sample_too_large':
      throw brokenParameters([sampleTooLarge(opening.records)]);
  }
}

const nothingThere = {
  event: 'The log has no record of this event.',
  correlation: 'The log has no record of this correlation.',
  stretch: 'The log ends before from_sequence.',
} as const;

function sampleTooLarge(records: number) {
  return eventIssue({
    code: 'out_of_range',
    pointer: '/sample_size',
    expected: `at most the ${records} records of the range`,
    received: 'more',
  });
}

async function* bytesOf(text: AsyncIterable<string>): AsyncGenerator<Buffer> {
  for await (const piece of text) yield Buffer.from(piece);
}
