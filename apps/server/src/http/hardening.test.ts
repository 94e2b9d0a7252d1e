import { once } from 'node:events';
import { connect } from 'node:net';
import { expect, it } from 'vitest';
import { policyFile, roleTokens } from '../test-support/access-policy.ts';
import { openMigratedPglite } from '../test-support/embedded-databases.ts';
import { sampleEvent } from '../test-support/sample-events.ts';
import { problemOf, startTestServer, type TestServer } from '../test-support/test-server.ts';

const events = '/api/v1/audit/events';
const json = { 'content-type': 'application/json' };

/** Sends bytes, and returns all that comes back until the server hangs up. */
async function sendBytes(server: TestServer, text: string): Promise<string> {
  const { hostname, port } = new URL(server.url);
  const socket = connect(Number(port), hostname);
  let answer = '';
  socket.setEncoding('utf8').on('data', (chunk: string) => {
    answer += chunk;
  });
  socket.write(text);
  await once(socket, 'end');
  socket.destroy();
  return answer;
}

const heads = {
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
};

it('every answer says that nothing of it is to be run, framed, guessed at or kept', async () => {
  const server = await startTestServer(openMigratedPglite);
  for (const path of ['/healthz', '/openapi.json', events, '/nothing', '/%']) {
    expect((await server.send('GET', path)).headers, path).toMatchObject(heads);
  }
  const raw = await sendBytes(server, 'GARBAGE\r\n\r\n');
  for (const [name, value] of Object.entries(heads)) expect(raw).toContain(`\r\n${name}: ${value}\r\n`);
});

it('a request whose headers or body come too slowly or are too large is ended with a problem', async () => {
  const server = await startTestServer(openMigratedPglite, { httpLimits: { requestTimeoutMs: 50 } });
  const start = `POST ${events} HTTP/1.1\r\nhost: localhost\r\n`;
  const slowHeaders = await sendBytes(server, start);
  const slowBody = await sendBytes(
    server,
    `${start}content-type: application/json\r\ncontent-length: 9\r\n\r\n{`,
  );
  const large = await sendBytes(server, `${start}x: ${'x'.repeat(20_000)}\r\n\r\n`);
  expect([slowHeaders, slowBody, large].map((answer) => answer.split('\r\n', 1)[0])).toEqual([
    'HTTP/1.1 408 Request Timeout',
    'HTTP/1.1 408 Request Timeout',
    'HTTP/1.1 431 Request Header Fields Too Large',
  ]);
  expect(slowBody).toContain('urn:audit:problem:request-timeout');
});

it('a connection on which nothing moves is cut', async () => {
  const server = await startTestServer(openMigratedPglite, { httpLimits: { idleTimeoutMs: 50 } });
  const { hostname, port } = new URL(server.url);
  const socket = connect(Number(port), hostname);
  await once(socket, 'close');
});

it('more bodies at once than memory is meant for are answered 503 with Retry-After, and what is held is given back', async () => {
  const event = JSON.stringify(sampleEvent());
  const server = await startTestServer(openMigratedPglite, { httpLimits: { bodiesBytesMax: event.length } });
  const { hostname, port } = new URL(server.url);
  const socket = connect(Number(port), hostname);
  // Holds most of it until it is gone.
  const head = `POST ${events} HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: ${event.length}\r\n\r\n`;
  socket.write(head + event.slice(0, -1));
  let answer = await server.send('POST', events, event, json);
  while (answer.status !== 503) answer = await server.send('POST', events, event, json);
  expect([answer.headers['retry-after'], problemOf(answer).type]).toEqual([
    '1',
    'urn:audit:problem:service-unavailable',
  ]);
  socket.destroy();
  while (answer.status === 503) answer = await server.send('POST', events, event, json);
  expect([200, 201]).toContain(answer.status);
  for (let at = 0; at < 5; at += 1) expect((await server.send('POST', events, event, json)).status).toBe(200);
});

it('more exports at once than are allowed are answered 503 with Retry-After', async () => {
  const database = await openMigratedPglite();
  const gate = Promise.withResolvers<void>();
  const begun = Promise.withResolvers<void>();
  const server = await startTestServer(
    async () => ({
      ...database,
      async copyOut(text) {
        begun.resolve();
        await gate.promise;
        return database.copyOut(text);
      },
    }),
    { httpLimits: { exportsMax: 1 } },
  );
  await server.post(events, sampleEvent());
  const first = fetch(`${server.url}/api/v1/audit/export`);
  await begun.promise;
  const second = await server.send('GET', '/api/v1/audit/export');
  expect([second.status, second.headers['retry-after']]).toEqual([503, '5']);
  gate.resolve();
  // The event, and that of the export.
  expect((await (await first).text()).trimEnd().split('\n')).toHaveLength(2);
  let third = await server.send('GET', '/api/v1/audit/export');
  while (third.status === 503) third = await server.send('GET', '/api/v1/audit/export');
  expect(third.status).toBe(200);
});

it('a caller who asks too often is answered 429, others are not, and probes never', async () => {
  let time = Date.parse('2026-01-15T12:00:00Z');
  const { as, policy } = roleTokens();
  const server = await startTestServer(openMigratedPglite, {
    access: { policyFile: policyFile(policy).path, requestsPerSecondMax: 1 },
    now: () => time,
  });
  const limits = (headers: Record<string, string>) =>
    server.send('GET', '/api/v1/audit/limits', undefined, headers);
  const statuses = [];
  for (let at = 0; at < 3; at += 1) statuses.push((await limits(as('reader'))).status);
  expect(statuses).toEqual([200, 200, 429]);
  const refused = await limits(as('reader'));
  expect([refused.headers['retry-after'], problemOf(refused).type]).toEqual([
    '1',
    'urn:audit:problem:rate-limit-exceeded',
  ]);
  expect((await limits(as('writer'))).status).toBe(200);
  for (let at = 0; at < 5; at += 1) expect((await server.send('GET', '/healthz')).status).toBe(200);
  // Who guesses tokens is a peer, whatever he guesses.
  const guesses = [];
  for (const guess of 'abc') guesses.push((await limits({ authorization: `Bearer ${guess}` })).status);
  expect(guesses).toEqual([401, 401, 429]);
  time += 1_000;
  expect((await limits(as('reader'))).status).toBe(200);
});

it('pages of other origins may call it only when they are listed', async () => {
  const { as, policy } = roleTokens();
  const allowed = 'https://console.example.com';
  const access = { policyFile: policyFile(policy).path };
  const server = await startTestServer(openMigratedPglite, { access, corsOrigins: [allowed] });
  const preflight = async (origin: string) => {
    const headers = {
      origin,
      'access-control-request-method': 'GET',
      'access-control-request-headers': 'authorization',
    };
    const answer = await fetch(`${server.url}${events}`, { method: 'OPTIONS', headers });
    return [
      answer.status,
      answer.headers.get('access-control-allow-origin'),
      answer.headers.get('access-control-allow-headers'),
    ];
  };
  expect(await preflight(allowed)).toEqual([204, allowed, 'authorization, content-type']);
  expect((await preflight('https://evil.example.com'))[1]).toBeNull();
  const read = await server.send('GET', events, undefined, { origin: allowed, ...as('reader') });
  const refused = await server.send('GET', events, undefined, { origin: allowed });
  expect(
    [read, refused].map(({ headers, status }) => [status, headers['access-control-allow-origin']]),
  ).toEqual([
    [200, allowed],
    [401, allowed],
  ]);
  const closed = await startTestServer(openMigratedPglite);
  const plain = await closed.send('GET', events, undefined, { origin: allowed });
  expect([plain.status, plain.headers['access-control-allow-origin']]).toEqual([200, undefined]);
});

it('a server without an access policy is not there for a page that had its own name resolve to loopback', async () => {
  const server = await startTestServer(openMigratedPglite);
  const status = async (host: string) => (await server.send('GET', events, undefined, { host })).status;
  for (const host of ['localhost:8080', '127.0.0.1', '[::1]:8080', 'LOCALHOST'])
    expect(await status(host), host).toBe(200);
  for (const host of [
    'evil.example.com',
    'localhost.evil.example.com',
    '127.0.0.1.nip.io',
    '10.0.0.1:8080',
  ]) {
    expect(await status(host), host).toBe(401);
  }
  expect(await server.records()).toEqual([]);
});
