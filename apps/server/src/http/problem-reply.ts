import { type Problem, specHash, specVersion } from '@audit/schema';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { IssuerUnavailableError } from '../access/token-issuer.ts';
import { StoreUnavailableError, TooManyWaitingError } from '../store/store-errors.ts';
import { problemKinds, RequestProblem } from './request-problem.ts';
import { securityHeaders } from './security-headers.ts';

const retryAfter = { 'retry-after': '1' };

/** Answers any error with a problem document (RFC 9457); never shows what the database or the runtime said. */
export function replyWithProblem(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const problem = toRequestProblem(error);
  const { status } = problemKinds[problem.slug];
  if (status >= 500) {
    const err = withoutRows(problem.cause ?? problem);
    request.log.error({ reqId: request.id, err, slug: problem.slug }, problem.message);
  }
  return (
    reply
      .code(status)
      // A path that cannot be read comes here without having been a request.
      .headers({ ...securityHeaders, ...problem.headers })
      .type('application/problem+json')
      .send(JSON.stringify(problemDocument(problem, pathOf(request.url))))
  );
}

// PostgreSQL's errors quote rows in these members, and rows hold personal data.
const membersWithRows = ['detail', 'where', 'internalQuery', 'query', 'params'] as const;

function withoutRows(error: unknown): unknown {
  if (error instanceof Error) for (const member of membersWithRows) Reflect.deleteProperty(error, member);
  return error;
}

/** Writes the document of a problem. */
export function problemDocument(problem: RequestProblem, instance: string): Problem {
  const { status, title } = problemKinds[problem.slug];
  return {
    type: `urn:audit:problem:${problem.slug}`,
    title,
    status,
    detail: problem.message,
    instance,
    ...(problem.errors === undefined ? {} : { errors: [...problem.errors] }),
    ...problem.taken,
    spec_version: specVersion,
    spec_hash: specHash,
  };
}

/** Finds the problem that an error is for the client. */
export function toRequestProblem(error: unknown): RequestProblem {
  if (error instanceof RequestProblem) return error;
  if (error instanceof TooManyWaitingError) return tooManyWaiting(error);
  if (error instanceof StoreUnavailableError) return unavailable(error);
  if (error instanceof IssuerUnavailableError) return noKeys(error);
  return (isFastifyError(error) ? frameworkProblem(error) : undefined) ?? internal(error);
}

function tooManyWaiting(cause: Error): RequestProblem {
  const detail =
    'Too many events wait to be stored; none of the request was taken. Send it again, with the same event ids.';
  return new RequestProblem('rate-limit-exceeded', detail, { headers: retryAfter, cause });
}

function unavailable(cause: Error): RequestProblem {
  const detail = 'The store cannot be used now. Send the same request again, with the same event ids.';
  return new RequestProblem('service-unavailable', detail, { headers: retryAfter, cause });
}

function noKeys(cause: Error): RequestProblem {
  const detail =
    'The issuer of the token cannot be asked for its keys now, so nothing is known of it. Send it again.';
  return new RequestProblem('service-unavailable', detail, { headers: { 'retry-after': '5' }, cause });
}

function internal(cause: unknown): RequestProblem {
  const detail =
    'The server failed in a way it did not foresee; its log says more. Nothing of the request is known to be stored.';
  return new RequestProblem('internal-error', detail, { cause });
}

function isFastifyError(error: unknown): error is FastifyError {
  return error instanceof Error && 'statusCode' in error && typeof error.statusCode === 'number';
}

function frameworkProblem(error: FastifyError): RequestProblem | undefined {
  if (error.statusCode === 415) {
    return new RequestProblem('unsupported-media-type', 'Send the body as content-type application/json.');
  }
  if (error.statusCode !== undefined && error.statusCode < 500) {
    return new RequestProblem(
      'invalid-request',
      'The request cannot be read: check its path, headers and body.',
    );
  }
  return undefined;
}

function pathOf(url: string): string {
  return url.split('?', 1)[0] ?? url;
}
