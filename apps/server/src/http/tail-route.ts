import { Readable } from 'node:stream';
import { eventIssue } from '@audit/schema';
import type { FastifyInstance } from 'fastify';
import type { OpenedTail, TailReader } from '../tail/log-tails.ts';
import { parseTailQuery } from '../tail/parse-tail-query.ts';
import type { TailQuery } from '../tail/tail-query.ts';
import { queryOf } from './query-of.ts';
import { askedFilter, type ReadingNotes } from './reading-notes.ts';
import { RequestProblem } from './request-problem.ts';

/** What the route of streams needs. */
export interface TailRouteOptions extends ReadingNotes {
  readonly openTail: (query: TailQuery, reader: TailReader) => Promise<OpenedTail>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

// Some heartbeats: who takes none of them does not read.
const stalledMs = 60_000;

const headers = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-store',
  // Proxies that collect answers would hold the stream back.
  'x-accel-buffering': 'no',
};

/** Adds `GET /api/v1/audit/events/tail`. */
export function addTailRoute(server: FastifyInstance, options: TailRouteOptions): void {
  // An answer to HEAD would have no end.
  server.get('/api/v1/audit/events/tail', { exposeHeadRoute: false }, async (request, reply) => {
    // Node joins repeated headers of this name with a comma, which is then no position.
    const lastEventId = request.headers['last-event-id']?.toString();
    const query = queryOf(request.url, (parameters) =>
      parseTailQuery(parameters, { now: options.now(), lastEventId }),
    );
    const gone = new AbortController();
    reply.raw.once('close', () => gone.abort());
    const filter = askedFilter(request.url);
    const onRead = (records: number) => options.noteReading(request, { records, ...filter });
    const opened = await options.openTail(query, { gone: gone.signal, onRead });
    if (opened.outcome !== 'opened') throw problemOf(opened, lastEventId);
    reply.raw.setTimeout(stalledMs);
    return reply.headers(headers).send(Readable.from(opened.events, { objectMode: false }));
  });
}

function problemOf(
  opened: Exclude<OpenedTail, { outcome: 'opened' }>,
  lastEventId: string | undefined,
): RequestProblem {
  if (opened.outcome === 'beyond_end') return beyondEnd(opened.size, lastEventId);
  const detail = `The server has the ${opened.readersMax} readers of streams that it takes, or is stopping. Try again later.`;
  return new RequestProblem('service-unavailable', detail, { headers: { 'retry-after': '5' } });
}

function beyondEnd(size: number, lastEventId: string | undefined): RequestProblem {
  const issue = eventIssue({
    code: 'out_of_range',
    pointer: lastEventId === undefined ? '/after_sequence' : '/Last-Event-ID',
    expected: `a position of this log, which has ${size} records`,
    received: 'a position behind its end',
  });
  return new RequestProblem('validation-error', 'The log has no such position. Is it the same log?', {
    errors: [issue],
  });
}
