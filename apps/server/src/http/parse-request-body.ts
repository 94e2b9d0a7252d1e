import { type RequestName, type RequestOf, safeParseRequest } from '@audit/schema';
import type { FastifyRequest } from 'fastify';
import { parseJsonBody } from './read-json-body.ts';
import { RequestProblem } from './request-problem.ts';

/**
 * Reads a body that is not an event.
 * @throws {RequestProblem} `validation-error` naming every fault
 */
export function parseRequestBody<Name extends RequestName>(
  name: Name,
  request: FastifyRequest,
): RequestOf<Name> {
  const parsed = safeParseRequest(name, parseJsonBody(request));
  if (parsed.success) return parsed.body;
  throw new RequestProblem(
    'validation-error',
    'The request breaks the contract; nothing was done. See errors.',
    {
      errors: parsed.issues,
    },
  );
}
