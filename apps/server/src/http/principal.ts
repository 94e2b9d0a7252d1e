import type { Principal } from '@audit/datastorage/server';
import type { FastifyRequest } from 'fastify';
import type { Caller } from '../access/caller.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Who makes the request; null until that is found out, and where nobody is asked. */
    caller: Caller | null;
  }
}

/**
 * Tells who makes a request, as his credentials prove; `anonymous` where the server has no access policy.
 * @throws {Error} on an operation that is open to everybody, where nobody is asked
 */
export function principalOf({ caller, url }: FastifyRequest): Principal {
  if (caller === null) throw new Error(`${url} is open to everybody, so it has no principal`);
  return caller.principal;
}
