import { eventIssue } from '@audit/schema';
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Submission, SubmissionResult } from '../ingest/submission.ts';
import { checkEvents, type EventChecks, toError } from './check-events.ts';
import { parseJsonBody } from './read-json-body.ts';
import { RequestProblem } from './request-problem.ts';

/** What the write routes need. */
export interface WriteRouteOptions {
  readonly checks: EventChecks;
  /** Events of one batch. */
  readonly batchEventsMax: number;
  /** Stores a submission and tells what became of it. */
  readonly submit: (submission: Submission) => Promise<SubmissionResult>;
}

/** Adds `POST /api/v1/audit/events` and `POST /api/v1/audit/events/batch`. */
export function addWriteRoutes(server: FastifyInstance, options: WriteRouteOptions): void {
  server.post('/api/v1/audit/events', async (request, reply) => {
    const [event] = checkEvents([parseJsonBody(request)], options.checks);
    if (event === undefined) throw new Error('one event was checked, none came back');
    const added = await store([event], options);
    return send(reply, added, {
      event_id: event.eventId,
      event_timestamp: event.members.event_timestamp,
      message: added === 0 ? 'Audit event was stored before' : 'Audit event created successfully',
    });
  });

  server.post('/api/v1/audit/events/batch', async (request, reply) => {
    const events = checkEvents(batchOf(parseJsonBody(request), options.batchEventsMax), options.checks);
    const added = await store(events, options);
    return send(reply, added, {
      event_ids: events.map((event) => event.eventId),
      message: `${added} audit events created successfully, ${events.length - added} stored before`,
    });
  });
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

async function store(submission: Submission, options: WriteRouteOptions): Promise<number> {
  const result = await options.submit(submission);
  if (result.outcome === 'conflict') throw conflict(submission, result.indexes);
  return result.added;
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

function send(reply: FastifyReply, added: number, body: object): FastifyReply {
  return reply
    .code(added === 0 ? 200 : 201)
    .type('application/json')
    .send(JSON.stringify(body));
}
