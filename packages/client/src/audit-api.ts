import type { paths } from '@audit/schema';
import createClient, { type Client, type Middleware } from 'openapi-fetch';
import { type BearerToken, TokenSource } from './bearer-token.ts';
import { serverUrl } from './server-url.ts';

/** Options of {@link createAuditApi}. */
export interface AuditApiOptions {
  /** Address of the server, `http:` or `https:`; a path is kept as prefix. */
  readonly url: string | URL;
  /** Sent as bearer token; default none. */
  readonly token?: BearerToken;
}

/** Every operation of the contract by method and path; answers are `{ data }` or `{ error }`, nothing is retried. */
export type AuditApi = Client<paths>;

/**
 * Creates a typed HTTP client for every operation of the contract, for example to query what was stored.
 *
 * @example
 * const api = createAuditApi({ url: 'http://localhost:8080' });
 * const { data, error } = await api.GET('/api/v1/audit/events', { params: { query: { correlation_id: 'rr-1' } } });
 * @throws {AuditError} `invalid_configuration` when the url cannot be used
 */
export function createAuditApi(options: AuditApiOptions): AuditApi {
  const url = serverUrl(options.url);
  const api = createClient<paths>({ baseUrl: url.href.slice(0, -1) });
  api.use(authorization(new TokenSource(options.token)));
  return api;
}

function authorization(token: TokenSource): Middleware {
  return {
    async onRequest({ request }) {
      const header = await token.header();
      if (header !== undefined) request.headers.set('authorization', header);
    },
    onResponse({ response }) {
      token.note(response.status);
    },
  };
}
