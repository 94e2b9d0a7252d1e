import type { LegalHold, LegalHoldRelease } from '@audit/schema';
import type { FastifyInstance } from 'fastify';
import type { LegalHolds } from '../holds/legal-holds.ts';
import { parseHoldQuery } from '../holds/parse-hold-query.ts';
import { type CorrelationParameters, correlationIdOf } from './correlation-parameter.ts';
import { parseRequestBody } from './parse-request-body.ts';
import { principalOf } from './principal.ts';
import { queryOf } from './query-of.ts';
import { RequestProblem } from './request-problem.ts';

/** What the routes of legal holds need. */
export interface HoldRouteOptions {
  readonly holds: LegalHolds;
}

const path = '/api/v1/audit/legal-hold';

/** Adds `POST` and `GET /api/v1/audit/legal-hold` and `DELETE /api/v1/audit/legal-hold/{correlation_id}`. */
export function addHoldRoutes(server: FastifyInstance, { holds }: HoldRouteOptions): void {
  server.post(path, async (request) => {
    const placement = await holds.place(parseRequestBody('legalHold', request), principalOf(request));
    if (placement.outcome === 'placed') return placement.hold;
    throw placement.outcome === 'held_already' ? heldAlready() : nothingToHold();
  });

  server.get(path, async (request) => holds.list(queryOf(request.url, parseHoldQuery)));

  server.delete<{ Params: CorrelationParameters }>(`${path}/:correlation_id`, async (request) => {
    const { release_reason } = parseRequestBody('legalHoldRelease', request);
    const result = await holds.release(correlationIdOf(request.params), release_reason, principalOf(request));
    if (result.outcome === 'released') return receipt(result.hold);
    throw new RequestProblem('not-found', 'The correlation is not under legal hold.');
  });
}

function receipt(hold: LegalHold): LegalHoldRelease {
  const { released_by = '', released_at = '', release_reason = '', released_sequence = 0 } = hold;
  return {
    correlation_id: hold.correlation_id,
    events_released: hold.events_affected,
    released_by,
    released_at,
    release_reason,
    released_sequence,
  };
}

function heldAlready(): RequestProblem {
  const detail =
    'The correlation is under legal hold already; nothing was changed. Release that hold to give another reason.';
  return new RequestProblem('conflict', detail);
}

function nothingToHold(): RequestProblem {
  return new RequestProblem('not-found', 'The correlation has no record that a hold could keep.');
}
