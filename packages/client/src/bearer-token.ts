/**
 * A bearer token, or a function that returns the current one. The function is called before every request, so a
 * rotated token is used at once; keep inside it what is costly to obtain.
 */
export type BearerToken = string | (() => string | Promise<string>);

/** Makes the value of the Authorization header (RFC 6750, section 2.1); undefined without a token. */
export async function authorizationHeader(token: BearerToken | undefined): Promise<string | undefined> {
  if (token === undefined) return undefined;
  return `Bearer ${typeof token === 'string' ? token : await token()}`;
}
