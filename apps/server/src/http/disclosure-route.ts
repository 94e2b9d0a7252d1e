import type { FastifyInstance } from 'fastify';
import type { DiscloseEvent } from '../erasure/disclose-event.ts';
import { ParameterReader } from '../query/parameter-reader.ts';
import { principalOf } from './principal.ts';
import { brokenParameters } from './query-of.ts';
import { RequestProblem } from './request-problem.ts';

/** What the route of disclosures needs. */
export interface DisclosureRouteOptions {
  readonly disclose: DiscloseEvent;
}

/** Adds `GET /api/v1/audit/events/{event_id}/disclosures`. */
export function addDisclosureRoute(server: FastifyInstance, { disclose }: DisclosureRouteOptions): void {
  // Answering HEAD would tell of a disclosure that nobody sees.
  const options = { exposeHeadRoute: false };
  server.get<{ Params: { event_id: string } }>(
    '/api/v1/audit/events/:event_id/disclosures',
    options,
    async (request) => {
      const answer = await disclose(eventIdOf(request.params), principalOf(request));
      if (answer !== undefined) return answer;
      throw new RequestProblem('not-found', 'The log has no record of this event.');
    },
  );
}

function eventIdOf(parameters: { readonly event_id: string }): string {
  const reader = new ParameterReader(new URLSearchParams({ ...parameters }), new Set(['event_id']));
  const eventId = reader.uuid('event_id');
  if (eventId === undefined) throw brokenParameters(reader.issues);
  return eventId;
}
