import type { ServerResponse } from 'node:http';
import { describe, expect, it } from 'vitest';
import { emitMany } from './client.test-support.ts';
import { createAuditClient } from './create-audit-client.ts';
import { startHttpServer } from './http-server.test-support.ts';
import { createHttpTransport } from './http-transport.ts';
import type { TransportAnswer } from './transport.ts';

const text = '[{"event_id":"a"}]';
const batch = { body: new TextEncoder().encode(text), eventIds: ['a'] };
const { signal } = new AbortController();

async function sendTo(answer: (response: ServerResponse) => void): Promise<TransportAnswer> {
  await using server = await startHttpServer(answer);
  return await createHttpTransport({ url: server.url }).send(batch, signal);
}

describe('the HTTP transport', () => {
  it('posts the batch as it is, to the path of the contract below the prefix of the url', async () => {
    await using server = await startHttpServer((response) => response.writeHead(201).end('{}'));
    await createHttpTransport({ url: `${server.url}/audit?x=1` }).send(batch, signal);
    expect(server.requests).toMatchObject([
      {
        method: 'POST',
        path: '/audit/api/v1/audit/events/batch',
        headers: { 'content-type': 'application/json' },
        body: text,
      },
    ]);
    expect(server.requests[0]?.headers.authorization).toBeUndefined();
  });

  it('asks for the token before every request', async () => {
    await using server = await startHttpServer((response) => response.writeHead(201).end());
    let calls = 0;
    const transport = createHttpTransport({ url: server.url, token: async () => `token-${++calls}` });
    await transport.send(batch, signal);
    await transport.send(batch, signal);
    const headers = server.requests.map((request) => request.headers.authorization);
    expect(headers).toEqual(['Bearer token-1', 'Bearer token-2']);
  });

  it.each([200, 201, 202, 204, 401, 404, 429, 500, 503])('passes on %i', async (status) => {
    expect(await sendTo((response) => response.writeHead(status).end())).toEqual({ status });
  });

  it('passes on what the server asks and names', async () => {
    const problem = { type: 'urn:x', detail: 'bad', errors: [{ index: 0, event_id: 'a', message: 'bad' }] };
    const answer = await sendTo((response) =>
      response.writeHead(400, { 'retry-after': '7' }).end(JSON.stringify({ ...problem, status: 400 })),
    );
    expect(answer).toEqual({ status: 400, retryAfter: '7', problem });
  });

  it('reads an error page of a proxy as its status alone', async () => {
    expect(await sendTo((response) => response.writeHead(502).end('<html>Bad Gateway'))).toEqual({
      status: 502,
    });
  });

  it.each([301, 302, 307, 308])('does not follow a redirect with %i', async (status) => {
    const answer = await sendTo((response) => response.writeHead(status, { location: '/elsewhere' }).end());
    expect(answer).toEqual({ status });
  });

  it.each([
    [
      'a page of another site',
      (response: ServerResponse) => void response.writeHead(200).end('<html>Log in'),
    ],
    [
      'half a body',
      (response: ServerResponse) =>
        void response.writeHead(201, { 'content-length': '99' }).write('{"ev', () => response.destroy()),
    ],
    ['a reset connection', (response: ServerResponse) => void response.socket?.resetAndDestroy()],
  ])('rejects %s', async (_what, answer) => {
    await expect(sendTo(answer)).rejects.toThrow();
  });

  it('rejects when nobody listens', async () => {
    const server = await startHttpServer(() => {});
    await server[Symbol.asyncDispose]();
    await expect(createHttpTransport({ url: server.url }).send(batch, signal)).rejects.toThrow();
  });
});

describe('a client before an HTTP server', () => {
  it('takes no answer in time for a failed attempt', async () => {
    await using server = await startHttpServer(() => {});
    const failures: (string | undefined)[] = [];
    const client = createAuditClient({
      url: server.url,
      durability: 'memory',
      requestTimeoutMs: 50,
      onStateChange: (_state, failure) => failures.push(failure?.message),
    });
    emitMany(client, 1);
    expect(await client.flush()).toMatchObject({ delivered: false, spooled: 1 });
    expect(failures).toMatchInlineSnapshot(`
      [
        undefined,
        "delivery of audit events failed, no readable answer: the server did not answer within 50 ms; the events are sent again",
      ]
    `);
    await client.close({ closeTimeoutMs: 0 });
  });

  it('uses a new token after a refusal', async () => {
    const statuses = [401, 201];
    await using server = await startHttpServer((response) =>
      response.writeHead(statuses.shift() ?? 500).end(),
    );
    let calls = 0;
    const client = createAuditClient({
      url: server.url,
      durability: 'memory',
      token: () => `token-${++calls}`,
      backoffMinMs: 1,
      backoffMaxMs: 1,
    });
    emitMany(client, 1);
    expect(await client.close()).toMatchObject({ delivered: true, acknowledged: 1 });
    const tokens = server.requests.map((request) => request.headers.authorization);
    // The first one went with the question for the limits.
    expect(tokens).toEqual(['Bearer token-2', 'Bearer token-3']);
  });
});
