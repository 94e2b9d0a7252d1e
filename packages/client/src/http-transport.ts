import { AuditError } from '@audit/schema';
import { authorizationHeader, type BearerToken } from './bearer-token.ts';
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
  const url = new URL('api/v1/audit/events/batch', serverUrl(options.url));
  return {
    async send(batch, signal) {
      const response = await fetch(url, {
        method: 'POST',
        headers: await requestHeaders(options.token),
        body: batch.body,
        redirect: 'manual',
        signal,
      });
      return toAnswer(response);
    },
  };
}

async function requestHeaders(token: BearerToken | undefined): Promise<Record<string, string>> {
  const authorization = await authorizationHeader(token);
  const headers = {
    'content-type': 'application/json',
    accept: 'application/json, application/problem+json',
  };
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
