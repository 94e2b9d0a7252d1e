import type { FastifyInstance } from 'fastify';
import { parseRecordQuery } from '../query/parse-record-query.ts';
import type { RecordQuery } from '../query/record-query.ts';
import type { RecordPage } from '../query/record-reader.ts';
import { queryOf } from './query-of.ts';
import { askedFilter, type ReadingNotes } from './reading-notes.ts';

/** What the query route needs. */
export interface QueryRouteOptions {
  readonly read: (query: RecordQuery) => Promise<RecordPage>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** Adds `GET /api/v1/audit/events`. */
export function addQueryRoute(server: FastifyInstance, options: QueryRouteOptions & ReadingNotes): void {
  server.get('/api/v1/audit/events', async (request, reply) => {
    const query = queryOf(request.url, (parameters) => parseRecordQuery(parameters, options.now()));
    const page = await options.read(query);
    options.noteReading(request, { records: page.events.length, ...askedFilter(request.url) });
    return reply.type('application/json').send(pageText(query, page));
  });
}

// The records go out as they are stored: parsing them only to write them again would cost time and could change them.
function pageText(query: RecordQuery, page: RecordPage): string {
  const pagination = {
    limit: query.limit,
    offset: query.offset,
    ...(page.total && { total: page.total.matches, total_is_capped: page.total.isCapped }),
    ...(page.purged === 0 ? {} : { purged: page.purged }),
    has_more: page.nextCursor !== null,
    next_cursor: page.nextCursor,
  };
  return `{"data":[${page.events.join(',')}],"pagination":${JSON.stringify(pagination)}}`;
}
