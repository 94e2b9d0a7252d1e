import { decodeJwt } from 'jose';
import type { AccessPolicy, Grant } from './access-policy.ts';
import { type Authentication, type Credentials, invalidCredentials } from './caller.ts';
import { type Identity, isPrincipalName, rolesOf } from './grants.ts';
import { findToken } from './static-tokens.ts';
import { TokenIssuer } from './token-issuer.ts';
import { createTrustedProxy, type TrustedProxy } from './trusted-proxy.ts';

/** Finds out who makes a request. */
export type Authenticate = (credentials: Credentials) => Promise<Authentication>;

/**
 * Creates the authentication of a policy. A bearer token comes first; without one, the header of a trusted proxy. Headers
 * that name somebody are not looked at when they come from anywhere else.
 * @param now milliseconds since 1970
 */
export function createAuthenticator(policy: AccessPolicy, now: () => number): Authenticate {
  const issuers = policy.issuers.map((each) => new TokenIssuer(each, now));
  const proxies = policy.trusted_proxies.map(createTrustedProxy);
  return async (credentials) => {
    const { authorization, peer } = credentials;
    if (authorization !== undefined) return authenticateBearer(authorization, policy, issuers);
    const proxy = proxies.find(
      (each) => each.isPeer(peer) && credentials.valuesOf(each.policy.header).length > 0,
    );
    return proxy === undefined ? noCredentials : believeProxy(proxy, credentials);
  };
}

const noCredentials: Authentication = {
  outcome: 'unknown',
  reason: 'no_credentials',
  detail: 'The request does not say who makes it. Send the header Authorization: Bearer <token>.',
};

const wrongForm = 'The Authorization header has no bearer token. Send Authorization: Bearer <token>.';
const wrongToken = 'The token is not known, has expired, or is for another audience.';
const wrongName =
  'The credentials hold, but the name in them cannot be kept: it is empty, too long or unprintable.';

async function authenticateBearer(
  authorization: string,
  { tokens }: AccessPolicy,
  issuers: readonly TokenIssuer[],
): Promise<Authentication> {
  const [, token] = /^Bearer +([\w.~+/-]+=*)$/i.exec(authorization) ?? [];
  if (token === undefined) return invalidCredentials(wrongForm);
  const entry = findToken(token, tokens);
  if (entry !== undefined) {
    return { outcome: 'known', caller: { principal: { id: entry.principal }, roles: new Set(entry.roles) } };
  }
  const name = issuerOf(token);
  // One issuer may serve several audiences, each with its own grants.
  for (const issuer of issuers.filter((each) => each.policy.issuer === name)) {
    const identity = await issuer.verify(token);
    if (identity !== undefined) return knownAs(identity, issuer.policy);
  }
  return invalidCredentials(wrongToken);
}

// Nothing is believed of it yet: it only says whose keys to try.
function issuerOf(token: string): string | undefined {
  try {
    return decodeJwt(token).iss;
  } catch {
    // A token of another kind.
    return undefined;
  }
}

function believeProxy({ policy }: TrustedProxy, { valuesOf }: Credentials): Authentication {
  const { groups_header: groupsHeader, header } = policy;
  const [subject = '', ...more] = valuesOf(header);
  // A proxy that adds its header behind a forged one would send two.
  if (more.length > 0) return invalidCredentials(`The header ${header} came more than once.`);
  const groups = groupsHeader === undefined ? [] : valuesOf(groupsHeader).flatMap((list) => list.split(','));
  return knownAs({ subject, groups: groups.map((group) => group.trim()) }, policy);
}

interface Voucher {
  readonly prefix: string;
  readonly grants: readonly Grant[];
}

function knownAs(identity: Identity, { grants, prefix }: Voucher): Authentication {
  const id = `${prefix}${identity.subject}`;
  if (identity.subject === '' || !isPrincipalName(id)) return invalidCredentials(wrongName);
  return { outcome: 'known', caller: { principal: { id }, roles: rolesOf(identity, grants) } };
}
