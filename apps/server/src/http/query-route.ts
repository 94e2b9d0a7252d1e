import type { FastifyInstance } from 'fastify';
import { parseRecordQuery } from '../query/parse-record-query.ts';
import type { RecordQuery } from '../query/record-query.ts';
import type { RecordPage } from '../query/record-reader.ts';
import { RequestProblem } from './request-problem.ts';

/** What the query route needs. */
export interface QueryRouteOptions {
  readonly read: (query: RecordQuery) => Promise<RecordPage>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** Adds `GET /api/v1/audit/events`. */
export function addQueryRoute(server: FastifyInstance, options: QueryRouteOptions): void {
  server.get('/api/v1/audit/events', async (request, reply) => {
    const query = readQuery(request.url, options.now());
    const page = await options.read(query);
    return reply.type('application/json').send(pageText(query, page));
  });
}

function readQuery(url: string, now: number): RecordQuery {
  const separator = url.indexOf('?');
  const parsed = parseRecordQuery(new URLSearchParams(separator < 0 ? '' : url.slice(separator + 1)), now);
  if (parsed.success) return parsed.query;
  throw new RequestProblem('validation-error', 'The query parameters break the contract. See errors.', {
    errors: parsed.issues,
  });
}

// The records go out as they are stored: parsing them only to write them again would cost time and could change them.
function pageText(query: RecordQuery, page: RecordPage): string {
  const pagination = {
    limit: query.limit,
    offset: query.offset,
    total: page.total,
    total_is_capped: page.totalIsCapped,
    ...(page.purged === 0 ? {} : { purged: page.purged }),
    has_more: page.nextCursor !== null,
    next_cursor: page.nextCursor,
  };
  return `{"data":[${page.events.join(',')}],"pagination":${JSON.stringify(pagination)}}`;
}
