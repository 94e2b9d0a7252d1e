import { eventIssue } from '@audit/schema';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Stages } from '../ingest/stages.ts';
import type { AcceptedResult, Submission, SubmissionResult } from '../ingest/submission.ts';
import type { WriteTable } from '../metrics/write-metrics.ts';
import { parseTraceparent } from '../tracing/trace-context.ts';
import { checkInSteps, checkOne, type EventChecks, toError } from './check-events.ts';
import { LoopTurns } from './loop-turns.ts';
import { parseJsonBody } from './read-json-body.ts';
import { RequestProblem } from './request-problem.ts';

/** What the write routes need. */
export interface WriteRouteOptions {
  readonly checks: EventChecks;
  readonly stages: Stages;
  /** Stores a submission, or keeps it safe to be stored later, and tells what became of it. */
  readonly submit: (submission: Submission, table: WriteTable) => Promise<SubmissionResult | AcceptedResult>;
}

/** Adds `POST /api/v1/audit/events` and `POST /api/v1/audit/events/batch`. */
export function addWriteRoutes(server: FastifyInstance, options: WriteRouteOptions): void {
  const { stages } = options;
  const turns = new LoopTurns();

  server.post('/api/v1/audit/events', async (request, reply) => {
    // Of a batch, the header says in which span it was sent, not in which its events happened.
    const trace = parseTraceparent(request.headers.traceparent);
    const body = stages.compute('parse', () => parseJsonBody(request));
    const event = stages.compute('check', () => checkOne(body, { ...options.checks, trace }));
    const { eventId: event_id, columns } = event;
    const added = await take([event], 'audit_events', options);
    if (added === 'later') {
      return send(reply, 202, { event_id, status: 'accepted', message: 'Audit event will be stored' });
    }
    return send(reply, statusOf(added), {
      event_id,
      event_timestamp: columns.event_timestamp,
      message: added === 0 ? 'Audit event was stored before' : 'Audit event created successfully',
    });
  });

  server.post('/api/v1/audit/events/batch', async (request, reply) => {
    const events = await turns.take(readBatch(request, options));
    const event_ids = events.map((event) => event.eventId);
    const added = await take(events, 'audit_events_batch', options);
    if (added === 'later') {
      const message = `${events.length} audit events will be stored`;
      return send(reply, 202, { event_ids, status: 'accepted', message });
    }
    const message = `${added} audit events created successfully, ${events.length - added} stored before`;
    return send(reply, statusOf(added), { event_ids, message });
  });
}

function* readBatch(
  request: FastifyRequest,
  { checks, stages }: WriteRouteOptions,
): Generator<void, Submission> {
  const body = stages.compute('parse', () => parseJsonBody(request));
  const steps = checkInSteps(batchOf(body, checks.limits.batchEventsMax), checks);
  for (;;) {
    yield;
    const step = stages.compute('check', () => steps.next());
    if (step.done === true) return step.value;
  }
}

function batchOf(body: unknown, eventsMax: number): readonly unknown[] {
  if (!Array.isArray(body)) {
    throw new RequestProblem('invalid-request', 'The batch is not an array: send a JSON array of events.');
  }
  if (body.length === 0)
    throw new RequestProblem('invalid-request', 'The batch is empty: send at least one event.');
  if (body.length > eventsMax) {
    const detail = `The batch has ${body.length} events, at most ${eventsMax} are taken. Send it in several requests.`;
    throw new RequestProblem('batch-size-exceeded', detail);
  }
  return body;
}

/** Tells how many events were added, or that all of them will be stored later. */
async function take(
  submission: Submission,
  table: WriteTable,
  { submit }: WriteRouteOptions,
): Promise<number | 'later'> {
  const result = await submit(submission, table);
  if (result.outcome === 'conflict') throw conflict(submission, result.indexes);
  return result.outcome === 'accepted' ? 'later' : result.added;
}

function statusOf(added: number): number {
  return added === 0 ? 200 : 201;
}

function conflict(submission: Submission, indexes: readonly number[]): RequestProblem {
  const errors = indexes.map((index) => {
    const eventId = submission[index]?.eventId;
    const issue = eventIssue({
      code: 'conflict',
      pointer: '/event_id',
      expected: 'an id of its own, or the event stored under this id',
      received: `${eventId} with other content`,
    });
    return toError(issue, { event_id: eventId }, index);
  });
  return new RequestProblem(
    'conflict',
    `${indexes.length} event ids are stored already with other content; nothing was stored. See errors.`,
    { errors },
  );
}

function send(reply: FastifyReply, status: number, body: object): FastifyReply {
  return reply.code(status).type('application/json').send(JSON.stringify(body));
}
