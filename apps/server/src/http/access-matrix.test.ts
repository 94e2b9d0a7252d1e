import { expect, it } from 'vitest';
import { type Role, roles } from '../access/role.ts';
import { specDocument } from '../generated/spec-document.ts';
import { policyFile, roleTokens } from '../test-support/access-policy.ts';
import { openMigratedPglite } from '../test-support/embedded-databases.ts';
import { sampleEvent } from '../test-support/sample-events.ts';
import { startTestIssuer, type TestIssuer } from '../test-support/test-issuer.ts';
import { problemOf, startTestServer } from '../test-support/test-server.ts';

interface Operation {
  readonly operationId: string;
  readonly 'x-audit-roles'?: readonly Role[];
}

const document = JSON.parse(specDocument) as { paths: Record<string, Record<string, Operation>> };
const operations = Object.entries(document.paths).flatMap(([template, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({
    id: operation.operationId,
    method: method.toUpperCase(),
    // A stream has no end, but whoever is let in is told that this is no position.
    path: `${template.replaceAll(/\{[^}]+\}/g, '0')}${template.endsWith('/tail') ? '?after_sequence=none' : ''}`,
    mayCall: operation['x-audit-roles'],
  })),
);

it('every operation of the contract lets exactly those roles in that it names', async () => {
  const { as, policy } = roleTokens();
  const file = policyFile(policy);
  const server = await startTestServer(openMigratedPglite, { access: { policyFile: file.path } });
  for (const { id, mayCall, method, path } of operations) {
    for (const role of roles) {
      const { status } = await server.send(method, path, undefined, as(role));
      const expected = mayCall === undefined || mayCall.includes(role) ? 'let in' : 403;
      expect([id, role, status === 403 || status === 401 ? status : 'let in']).toEqual([id, role, expected]);
    }
    for (const headers of [{}, { authorization: 'Bearer audit_of-nobody' }]) {
      const answer = await server.send(method, path, undefined, headers);
      const isRefused = answer.status === 401;
      expect([id, headers, isRefused]).toEqual([id, headers, mayCall !== undefined]);
    }
  }
});

it('a refusal is a problem that says how to come in, and repeats no token', async () => {
  const { as, policy } = roleTokens();
  const server = await startTestServer(openMigratedPglite, {
    access: { policyFile: policyFile(policy).path },
  });
  const answers = [
    await server.send('GET', '/api/v1/audit/events'),
    await server.send('GET', '/api/v1/audit/events', undefined, { authorization: 'Basic cm9vdDpyb290' }),
    await server.send('GET', '/api/v1/audit/events', undefined, { authorization: 'Bearer audit_guessed' }),
    await server.send('GET', '/api/v1/audit/events', undefined, as('writer')),
  ];
  expect(
    answers.map((answer) => [answer.status, answer.headers['www-authenticate'], problemOf(answer).detail]),
  ).toEqual([
    [
      401,
      'Bearer realm="audit"',
      'The request does not say who makes it. Send the header Authorization: Bearer <token>.',
    ],
    [
      401,
      'Bearer realm="audit", error="invalid_token"',
      'The Authorization header has no bearer token. Send Authorization: Bearer <token>.',
    ],
    [
      401,
      'Bearer realm="audit", error="invalid_token"',
      'The token is not known, has expired, or is for another audience.',
    ],
    [
      403,
      'Bearer realm="audit", error="insufficient_scope"',
      'You may not call queryAuditEvents: the access policy gives you none of the roles reader, auditor, custodian, admin.',
    ],
  ]);
  // What is not there is not a secret: the contract lists what is.
  expect((await server.send('GET', '/api/v1/nothing')).status).toBe(404);
  expect((await server.send('PUT', '/api/v1/audit/events')).status).toBe(405);
});

it('records cannot be had through the open path of hashes, however it is written', async () => {
  const { as, policy } = roleTokens();
  const server = await startTestServer(openMigratedPglite, {
    access: { policyFile: policyFile(policy).path },
  });
  const status = async (path: string, headers = {}) => {
    const answer = await fetch(`${server.url}/tile/${path}`, { headers });
    await answer.bytes();
    return answer.status;
  };
  expect((await server.post('/api/v1/audit/events', sampleEvent())).status).toBe(401);
  const body = JSON.stringify(sampleEvent());
  const json = { 'content-type': 'application/json' };
  await server.send('POST', '/api/v1/audit/events', body, { ...json, ...as('writer') });
  expect([await status('0/000.p/1'), await status('entries/000.p/1', as('auditor'))]).toEqual([200, 200]);
  for (const path of ['entries/000.p/1', '%65ntries/000.p/1', 'entries%2F000.p/1', 'ENTRIES/000.p/1']) {
    expect([401, 404], path).toContain(await status(path));
  }
});

it('an issuer and a proxy say over the wire who asks; an issuer that cannot be asked is 503', async () => {
  const issuer = await startTestIssuer();
  const away = await startTestIssuer();
  away.fail(500);
  const grants = [{ subject: 'marta', roles: ['reader'] }];
  const proxy = { peers: ['127.0.0.0/8'], header: 'x-forwarded-user', grants };
  const policy = {
    issuers: [issuer, away].map(({ url }) => ({ issuer: url, audience: 'audit', grants })),
    trusted_proxies: [proxy],
  };
  const file = policyFile(policy);
  const server = await startTestServer(openMigratedPglite, { access: { policyFile: file.path } });
  const ask = async (headers: Record<string, string>) =>
    server.send('GET', '/api/v1/audit/events', undefined, headers);
  const bearer = async (from: TestIssuer) => ({
    authorization: `Bearer ${await from.sign({ sub: 'marta' })}`,
  });
  const unknown = await ask(await bearer(away));
  expect([unknown.status, unknown.headers['retry-after'], problemOf(unknown).type]).toEqual([
    503,
    '5',
    'urn:audit:problem:service-unavailable',
  ]);
  const user = { 'x-forwarded-user': 'marta' };
  expect([(await ask(await bearer(issuer))).status, (await ask(user)).status]).toEqual([200, 200]);
  file.write({ ...policy, trusted_proxies: [{ ...proxy, peers: ['192.0.2.1'] }] });
  await server.reload();
  expect([(await ask(await bearer(issuer))).status, (await ask(user)).status]).toEqual([200, 401]);
});
