import type { paths } from '@audit/schema';
import createClient, { type Client } from 'openapi-fetch';
import { sessionToken } from './session-token.ts';

/**
 * Every operation of the contract by method and path, at the server that the page came from. Give its answers to
 * {@link answerOf}. Not the client of @audit/client, which needs a file system for its spool.
 */
export const api: Client<paths> = createClient<paths>({ baseUrl: location.origin, credentials: 'omit' });

api.use({
  onRequest({ request }) {
    const token = sessionToken();
    if (token !== undefined) request.headers.set('authorization', `Bearer ${token}`);
  },
});
