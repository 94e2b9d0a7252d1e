import { SignJWT, UnsecuredJWT } from 'jose';
import { expect, it } from 'vitest';
import { startTestIssuer, type TestIssuer } from '../test-support/test-issuer.ts';
import { type AccessPolicy, parseAccessPolicy } from './access-policy.ts';
import { createAuthenticator } from './authenticator.ts';
import type { Authentication } from './caller.ts';
import { createToken, tokenDigest } from './static-tokens.ts';

const now = Date.parse('2026-01-15T12:00:00Z');

function policyOf(members: object): AccessPolicy {
  const parsed = parseAccessPolicy(JSON.stringify(members));
  if (parsed.success) return parsed.policy;
  throw new Error(parsed.faults.join('; '));
}

interface Asking {
  readonly token?: string;
  readonly peer?: string;
  readonly headers?: Readonly<Record<string, readonly string[]>>;
}

function asker(members: object): (asking: Asking) => Promise<unknown> {
  const authenticate = createAuthenticator(policyOf(members), () => now);
  return async ({ headers = {}, peer = '192.0.2.1', token }) =>
    summary(
      await authenticate({
        peer,
        host: undefined,
        authorization: token === undefined ? undefined : `Bearer ${token}`,
        valuesOf: (header) => headers[header] ?? [],
      }),
    );
}

function summary(found: Authentication): unknown {
  return found.outcome === 'known' ? [found.caller.principal.id, ...found.caller.roles] : found.reason;
}

it('a token is known by its digest alone, and two tokens may be of one principal', async () => {
  const [first, second] = [createToken(), createToken()];
  const entry = (token: string, role: string) => ({
    principal: 'gateway',
    roles: [role],
    sha256: tokenDigest(token),
  });
  const ask = asker({ tokens: [entry(first, 'writer'), entry(second, 'reader')] });
  expect([
    await ask({ token: first }),
    await ask({ token: second }),
    await ask({ token: tokenDigest(first) }),
    await ask({ token: `${first}x` }),
    await ask({}),
  ]).toEqual([
    ['gateway', 'writer'],
    ['gateway', 'reader'],
    'invalid_credentials',
    'invalid_credentials',
    'no_credentials',
  ]);
});

const subject = 'system:serviceaccount:payments:gateway';
const issuers = (issuer: TestIssuer, more: object = {}) => [
  {
    issuer: issuer.url,
    audience: 'audit',
    grants: [
      { subject, roles: ['writer'] },
      { group: 'sre', roles: ['reader', 'auditor'] },
    ],
    ...more,
  },
];

it('a token of an issuer gives the roles of its subject and of its groups, and its keys are asked for once', async () => {
  const issuer = await startTestIssuer();
  const ask = asker({ issuers: issuers(issuer) });
  const tokens = [
    { sub: subject },
    { sub: 'marta', groups: ['dev', 'sre'] },
    { sub: subject, groups: 'sre' },
    { sub: 'nobody' },
  ];
  const found = [];
  for (const claims of tokens) found.push(await ask({ token: await issuer.sign(claims, { now }) }));
  expect(found).toEqual([
    [subject, 'writer'],
    ['marta', 'reader', 'auditor'],
    [subject, 'writer', 'reader', 'auditor'],
    ['nobody'],
  ]);
  expect(issuer.asked()).toEqual(['/.well-known/openid-configuration', '/keys']);
});

it('a token of an issuer is refused unless everything about it holds', async () => {
  const issuer = await startTestIssuer();
  const stranger = await startTestIssuer();
  const ask = asker({ issuers: issuers(issuer) });
  const seconds = now / 1_000;
  const good = await issuer.sign({ sub: subject }, { now });
  const claims = { iss: issuer.url, aud: 'audit', sub: subject, exp: seconds + 60 };
  const tokens = {
    'for another audience': await issuer.sign({ sub: subject, aud: 'other' }, { now }),
    expired: await issuer.sign({ sub: subject, exp: seconds - 31 }),
    'without an end': await issuer.sign({ sub: subject, exp: undefined }),
    'not yet valid': await issuer.sign({ sub: subject, nbf: seconds + 31 }, { now }),
    'of an issuer that is not named': await stranger.sign({ sub: subject }, { now }),
    'signed by somebody else': await stranger.sign(claims, { now }),
    'of a key that the issuer does not have': await issuer.sign({ sub: subject }, { now, kid: 'second' }),
    'without a subject': await issuer.sign({}, { now }),
    'with an empty subject': await issuer.sign({ sub: '' }, { now }),
    'with a subject no event can hold': await issuer.sign({ sub: 'a\u0000b' }, { now }),
    'with a subject that is too long': await issuer.sign({ sub: 'x'.repeat(256) }, { now }),
    'with another payload': good.replace(
      /\.[^.]+\./,
      `.${Buffer.from(JSON.stringify({ ...claims, sub: 'root' })).toString('base64url')}.`,
    ),
    unsigned: new UnsecuredJWT(claims).encode(),
    'signed with a shared secret': await new SignJWT(claims)
      .setProtectedHeader({ alg: 'HS256', kid: 'first' })
      .sign(new TextEncoder().encode('x'.repeat(64))),
  };
  expect(await ask({ token: good })).toEqual([subject, 'writer']);
  expect(await ask({ token: await issuer.sign({ sub: subject, exp: seconds - 29 }) })).toEqual([
    subject,
    'writer',
  ]);
  for (const [what, token] of Object.entries(tokens)) {
    expect(await ask({ token }), what).toBe('invalid_credentials');
  }
});

it('an issuer may serve two audiences with other grants, and its names may be set apart', async () => {
  const issuer = await startTestIssuer();
  const people = {
    audience: 'people',
    prefix: 'oidc:',
    subject_claim: 'email',
    grants: [{ subject: '*', roles: ['reader'] }],
  };
  const ask = asker({
    issuers: [...issuers(issuer, { jwks_uri: `${issuer.url}/keys` }), ...issuers(issuer, people)],
  });
  const token = await issuer.sign({ aud: 'people', email: 'marta@example.com' }, { now });
  expect(await ask({ token })).toEqual(['oidc:marta@example.com', 'reader']);
});

it('an issuer that cannot be asked makes nobody unknown, and is asked again', async () => {
  const issuer = await startTestIssuer();
  const ask = asker({ issuers: issuers(issuer) });
  const token = await issuer.sign({ sub: subject }, { now });
  issuer.fail(500);
  await expect(ask({ token })).rejects.toThrow(`the keys of ${issuer.url} cannot be read`);
  issuer.fail(200);
  expect(await ask({ token })).toEqual([subject, 'writer']);
  // Its keys are known now: it is not needed for them any more, and what it does not know is its to say.
  issuer.fail(500);
  expect(await ask({ token })).toEqual([subject, 'writer']);
});

it('a proxy is believed from its addresses alone, and by one header alone', async () => {
  const proxies = [
    {
      peers: ['10.0.0.0/8', '2001:db8::/32', '192.0.2.7'],
      header: 'x-forwarded-user',
      groups_header: 'x-forwarded-groups',
      prefix: 'proxy:',
      grants: [
        { subject: 'marta', roles: ['custodian'] },
        { group: 'sre', roles: ['reader'] },
      ],
    },
  ];
  const ask = asker({ trusted_proxies: proxies });
  const headers = { 'x-forwarded-user': ['marta'], 'x-forwarded-groups': ['dev, sre'] };
  const known = ['proxy:marta', 'custodian', 'reader'];
  expect([
    await ask({ peer: '10.1.2.3', headers }),
    await ask({ peer: '2001:db8::9', headers }),
    await ask({ peer: '192.0.2.7', headers }),
    await ask({ peer: '192.0.2.8', headers }),
    await ask({ peer: '11.0.0.1', headers }),
    await ask({ peer: '2001:db9::1', headers }),
    await ask({ peer: '10.1.2.3', headers: { 'x-forwarded-user': ['mallory', 'marta'] } }),
    await ask({ peer: '10.1.2.3', headers: { 'x-forwarded-user': [''] } }),
    await ask({ peer: '10.1.2.3', headers: { 'x-user': ['marta'] } }),
    await ask({ peer: '10.1.2.3', headers, token: 'audit_wrong' }),
  ]).toEqual([
    known,
    known,
    known,
    'no_credentials',
    'no_credentials',
    'no_credentials',
    'invalid_credentials',
    'invalid_credentials',
    'no_credentials',
    'invalid_credentials',
  ]);
});
