import type { Principal } from '@audit/datastorage/server';

const anonymous: Principal = { id: 'anonymous' };

/** Tells who makes a request. Nobody is authenticated, so headers that name somebody prove nothing and are not read. */
export function principalOf(): Principal {
  return anonymous;
}
