import { type EventIssue, eventIssue, type RequestOf } from '@audit/schema';
import type { FastifyInstance } from 'fastify';
import type { ErasePersonalData, PersonalDataSelector } from '../erasure/erase-personal-data.ts';
import { parseRequestBody } from './parse-request-body.ts';
import { principalOf } from './principal.ts';
import { RequestProblem } from './request-problem.ts';

/** What the route of erasures needs. */
export interface ErasureRouteOptions {
  readonly erase: ErasePersonalData;
}

/** Adds `POST /api/v1/audit/personal-data/erase`. */
export function addErasureRoutes(server: FastifyInstance, { erase }: ErasureRouteOptions): void {
  server.post('/api/v1/audit/personal-data/erase', async (request) => {
    const body = parseRequestBody('personalDataErasure', request);
    const result = await erase({
      selector: selectorOf(body),
      reason: body.reason,
      despiteHold: body.despite_hold ?? false,
      principal: principalOf(request),
    });
    if (result.outcome === 'erased') return result.receipt;
    throw result.outcome === 'nothing_found' ? nothingFound() : allHeld(result.members);
  });
}

function selectorOf({ subject, event_id, pointer }: RequestOf<'personalDataErasure'>): PersonalDataSelector {
  if (subject !== undefined && event_id === undefined && pointer === undefined) return { subject };
  if (subject === undefined && event_id !== undefined && pointer !== undefined) {
    return { eventId: event_id, pointer };
  }
  throw new RequestProblem('validation-error', 'The request selects nothing, or twice; nothing was erased.', {
    errors: [oneSelector({ subject, event_id, pointer })],
  });
}

function oneSelector(members: Readonly<Record<string, unknown>>): EventIssue {
  const given = Object.keys(members).filter((name) => members[name] !== undefined);
  return eventIssue({
    code: given.length === 0 ? 'missing' : 'wrong_value',
    pointer: '',
    expected: 'either subject, or event_id and pointer',
    // Their values are what is to be erased: they are not repeated.
    received: given.length === 0 ? 'neither' : given.join(', '),
  });
}

function nothingFound(): RequestProblem {
  const detail = 'No member with personal data matches, or none that is not erased already.';
  return new RequestProblem('not-found', detail);
}

function allHeld(members: number): RequestProblem {
  const detail =
    `All ${members} members that match belong to records under legal hold; nothing was erased. ` +
    'Release the holds, or send despite_hold with a reason that allows it.';
  return new RequestProblem('conflict', detail);
}
