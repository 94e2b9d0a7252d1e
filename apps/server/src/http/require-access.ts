import type { FastifyInstance, FastifyRequest, RouteOptions } from 'fastify';
import type { Refusal } from '../access/access-recorder.ts';
import type { Authenticate } from '../access/authenticator.ts';
import { type Authentication, anonymous, type Credentials } from '../access/caller.ts';
import { type OperationRule, readOperationRules, routeKey } from '../access/operation-rules.ts';
import type { TokenBuckets } from '../access/token-buckets.ts';
import { RequestProblem } from './request-problem.ts';

/** What {@link requireAccess} needs. */
export interface AccessOptions {
  readonly authenticate: Authenticate;
  /** Told of every request that is answered 401 or 403. */
  readonly noteRefusal: (refusal: Refusal) => void;
  /** How often one caller may ask; default as often as he likes. */
  readonly rateLimit?: TokenBuckets | undefined;
}

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Who may call the route, from the contract. */
    rule?: OperationRule;
  }
}

const rules = readOperationRules();

/**
 * Lets only those call a route whom the contract lets. It comes before the routes: a route that the contract does not
 * have cannot be added behind it.
 */
export function requireAccess(server: FastifyInstance, options: AccessOptions): void {
  server.decorateRequest('caller', null);
  server.addHook('onRoute', (route) => {
    route.config = { ...route.config, ...ruleOf(route) };
  });
  server.addHook('onRequest', async (request) => {
    const { rule } = request.routeOptions.config;
    // There is nothing at this path.
    if (rule === undefined) return;
    const isOpen = rule.mayCall === 'everybody';
    const found = isOpen ? undefined : await options.authenticate(credentialsOf(request));
    if (found?.outcome === 'known') request.caller = found.caller;
    if (rule.isLimited) limitRate(request, options.rateLimit);
    const refusal = found === undefined ? undefined : refusalOf(found, rule, request);
    if (refusal === undefined) return;
    options.noteRefusal(refusal.noted);
    throw refusal.problem;
  });
}

function ruleOf({ method, url }: RouteOptions): { readonly rule: OperationRule } {
  const rule = rules.get(routeKey(method === 'HEAD' ? 'GET' : String(method), url));
  if (rule === undefined) throw new Error(`the contract has no operation ${String(method)} ${url}`);
  return { rule };
}

function credentialsOf(request: FastifyRequest): Credentials {
  return {
    peer: peerOf(request),
    authorization: request.headers.authorization,
    host: request.headers.host,
    valuesOf: (header) => request.raw.headersDistinct[header] ?? [],
  };
}

// What X-Forwarded-For says is not asked: anybody can send it.
function peerOf({ raw }: FastifyRequest): string {
  return (raw.socket.remoteAddress ?? 'unknown').replace(/^::ffff:(?=\d+\.)/, '');
}

function limitRate(request: FastifyRequest, rateLimit: TokenBuckets | undefined): void {
  const { caller } = request;
  const isNamed = caller !== null && caller !== anonymous;
  const wait = rateLimit?.take(isNamed ? `principal ${caller.principal.id}` : `peer ${peerOf(request)}`) ?? 0;
  if (wait === 0) return;
  throw new RequestProblem(
    'rate-limit-exceeded',
    `More requests came than the server takes from one caller. Send this one again after ${wait} seconds.`,
    { headers: { 'retry-after': String(wait) } },
  );
}

interface RefusedRequest {
  readonly noted: Refusal;
  readonly problem: RequestProblem;
}

function refusalOf(
  found: Authentication,
  { mayCall, operation }: OperationRule,
  request: FastifyRequest,
): RefusedRequest | undefined {
  if (found.outcome === 'unknown') {
    const { detail, reason } = found;
    return {
      noted: { caller: { peer: peerOf(request) }, operation, reason },
      problem: unauthenticated(reason, detail),
    };
  }
  const { principal, roles } = found.caller;
  if (mayCall === 'everybody' || [...roles].some((role) => mayCall.has(role))) return undefined;
  return {
    noted: { caller: principal, operation, reason: 'missing_role' },
    problem: forbidden(operation, [...mayCall]),
  };
}

// RFC 6750, section 3.
function unauthenticated(reason: 'no_credentials' | 'invalid_credentials', detail: string): RequestProblem {
  const fault = reason === 'invalid_credentials' ? ', error="invalid_token"' : '';
  const headers = { 'www-authenticate': `Bearer realm="audit"${fault}` };
  return new RequestProblem('unauthenticated', detail, { headers });
}

function forbidden(operation: string, needed: readonly string[]): RequestProblem {
  const headers = { 'www-authenticate': 'Bearer realm="audit", error="insufficient_scope"' };
  const detail = `You may not call ${operation}: the access policy gives you none of the roles ${needed.join(', ')}.`;
  return new RequestProblem('forbidden', detail, { headers });
}
