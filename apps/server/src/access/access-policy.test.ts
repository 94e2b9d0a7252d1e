import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseAccessPolicy } from './access-policy.ts';

const sha256 = '0'.repeat(64);
const token = { principal: 'gateway', roles: ['writer'], sha256 };
const issuer = { issuer: 'https://issuer.example.com', audience: 'audit', grants: [] };
const proxy = { peers: ['10.0.0.0/8'], header: 'x-forwarded-user', grants: [] };

it('an empty policy lets nobody do anything that is not open', () => {
  expect(parseAccessPolicy('{}')).toEqual({
    success: true,
    policy: { tokens: [], issuers: [], trusted_proxies: [] },
  });
});

it.each([
  ['not json', ['it is not JSON']],
  ['[]', ['the file: expected object, received array']],
  [{ users: [] }, ['the file: Unrecognized key: "users"']],
  [
    { tokens: [{ ...token, sha256: 'audit_secret' }] },
    ['/tokens/0/sha256: expected 64 hex digits in lower case'],
  ],
  [
    { tokens: [token, { ...token, roles: ['root'] }] },
    ['/tokens/1/roles/0: expected one of "writer"|"reader"|"auditor"|"custodian"|"admin"'],
  ],
  [{ tokens: [{ ...token, roles: [] }] }, ['/tokens/0/roles: Too small: expected array to have >=1 items']],
  [{ tokens: [{ roles: ['writer'], sha256 }] }, ['/tokens/0/principal: missing']],
  [
    { tokens: [{ ...token, principal: ' x' }] },
    ['/tokens/0/principal: expected a name without control characters or spaces around it'],
  ],
  [{ issuers: [{ ...issuer, audience: undefined }] }, ['/issuers/0/audience: missing']],
  [
    { issuers: [{ ...issuer, issuer: 'http://issuer.example.com' }] },
    ['/issuers/0/issuer: expected an https URL, or http on loopback'],
  ],
  [
    {
      issuers: [
        { ...issuer, grants: [{ subject: 'a', group: 'b', roles: ['reader'] }, { roles: ['reader'] }] },
      ],
    },
    [
      '/issuers/0/grants/0: expected either subject or group',
      '/issuers/0/grants/1: expected either subject or group',
    ],
  ],
  [
    { trusted_proxies: [{ ...proxy, peers: ['10.0.0.0/33', 'proxy.local', '::/129'] }] },
    [0, 1, 2].map(
      (at) => `/trusted_proxies/0/peers/${at}: expected an address or a network such as 10.0.0.0/8`,
    ),
  ],
  [
    { trusted_proxies: [{ ...proxy, header: 'authorization' }] },
    ['/trusted_proxies/0/header: expected another header: this one has the bearer token'],
  ],
])('%j is refused, every fault by its pointer, no value repeated', (policy, faults) => {
  const text = typeof policy === 'string' ? policy : JSON.stringify(policy);
  expect(parseAccessPolicy(text)).toEqual({ success: false, faults });
});

it('no text is more than a policy or a list of faults', () => {
  const anyPolicy = fc.oneof(
    fc.string(),
    fc.json(),
    fc
      .record({ tokens: fc.anything(), issuers: fc.array(fc.object()) })
      .map((value) => JSON.stringify(value)),
  );
  fc.assert(
    fc.property(anyPolicy, (text) => {
      const parsed = parseAccessPolicy(text);
      expect(parsed.success || parsed.faults.length > 0).toBe(true);
    }),
  );
});
