import type { Principal } from '@audit/datastorage/server';
import { type Role, roles } from './role.ts';

/** Who makes a request, and what he may do. */
export interface Caller {
  readonly principal: Principal;
  readonly roles: ReadonlySet<Role>;
}

/** Everybody, where nobody is asked who he is. */
export const anonymous: Caller = { principal: { id: 'anonymous' }, roles: new Set(roles) };

/** What a request shows of who makes it. */
export interface Credentials {
  /** Address of the other end of the connection; no header is asked about it. */
  readonly peer: string;
  readonly authorization: string | undefined;
  /** Host header: under which name the server was called. */
  readonly host: string | undefined;
  /** Every value that came under the name of a header, in lower case. */
  readonly valuesOf: (header: string) => readonly string[];
}

/** What was found out about who makes a request. */
export type Authentication =
  | { readonly outcome: 'known'; readonly caller: Caller }
  | {
      readonly outcome: 'unknown';
      readonly reason: 'no_credentials' | 'invalid_credentials';
      /** What is wrong; shown to the client, so it repeats nothing secret. */
      readonly detail: string;
    };

/** Says that a request's credentials do not hold. */
export function invalidCredentials(detail: string): Authentication {
  return { outcome: 'unknown', reason: 'invalid_credentials', detail };
}
