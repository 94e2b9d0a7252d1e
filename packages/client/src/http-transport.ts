import { AuditError } from '@audit/schema';
import { type BearerToken, TokenSource } from './bearer-token.ts';
import { parseLimits } from './parse-limits.ts';
import { parseProblem } from './parse-problem.ts';
import { serverUrl } from './server-url.ts';
import type { AuditTransport, TransportAnswer } from './transport.ts';

/** Options of {@link createHttpTransport}. */
export interface HttpTransportOptions {
  /** Address of the server, `http:` or `https:`; a path is kept as prefix. */
  readonly url: string | URL;
  /** Sent as bearer token; default none. */
  readonly token?: BearerToken;
}

/**
 * Sends batches with the global fetch. Redirects are not followed: they would carry the events elsewhere.
 * @throws {AuditError} `invalid_configuration` when the url cannot be used
 */
export function createHttpTransport(options: HttpTransportOptions): AuditTransport {
  const root = serverUrl(options.url);
  const batchUrl = new URL('api/v1/audit/events/batch', root);
  const limitsUrl = new URL('api/v1/audit/limits', root);
  const token = new TokenSource(options.token);
  return {
    refreshesToken: token.canRefresh,
    async send(batch, signal) {
      const headers = { ...(await requestHeaders(token)), 'content-type': 'application/json' };
      const response = await fetch(batchUrl, {
        method: 'POST',
        headers,
        body: batch.body,
        redirect: 'manual',
        signal,
      });
      token.note(response.status);
      return toAnswer(response);
    },
    async limits(signal) {
      const headers = await requestHeaders(token);
      const response = await fetch(limitsUrl, { headers, redirect: 'manual', signal });
      const body = parseBody(await response.text());
      return response.ok ? parseLimits(body.value) : undefined;
    },
  };
}

async function requestHeaders(token: TokenSource): Promise<Record<string, string>> {
  const authorization = await token.header();
  const headers = { accept: 'application/json, application/problem+json' };
  return authorization === undefined ? headers : { ...headers, authorization };
}

async function toAnswer(response: Response): Promise<TransportAnswer> {
  const body = parseBody(await response.text());
  if (response.ok && !body.isJson) throw foreignAnswer(response.status);
  const retryAfter = response.headers.get('retry-after');
  const problem = response.ok ? undefined : parseProblem(body.value);
  return {
    status: response.status,
    ...(retryAfter !== null && { retryAfter }),
    ...(problem !== undefined && { problem }),
  };
}

/** An empty body counts as JSON: a status can say all there is to say. */
function parseBody(text: string): { readonly isJson: boolean; readonly value?: unknown } {
  if (text === '') return { isJson: true };
  try {
    return { isJson: true, value: JSON.parse(text) };
  } catch {
    // A proxy's error page is no problem document; the status alone decides then.
    return { isJson: false };
  }
}

// A login page answers 200 as well; taking it for an acknowledgement would lose the events.
function foreignAnswer(status: number): AuditError {
  return new AuditError(
    `the answer ${status} has a body that is not JSON: is there a proxy before the server?`,
    {
      code: 'delivery_failed',
      retryable: true,
    },
  );
}
