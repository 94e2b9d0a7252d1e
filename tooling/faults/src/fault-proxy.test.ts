import { once } from 'node:events';
import { createServer } from 'node:http';
import { expect, it } from 'vitest';
import { faultKinds } from './fault-kinds.ts';
import { startFaultProxy } from './fault-proxy.ts';
import { createRandom } from './random.ts';
import { readAll } from './upstream.ts';

const requestTimeoutMs = 100;

it('injects every fault, hands the server nothing that was not sent, and lets everything through when healed', async () => {
  const bodies: string[] = [];
  const server = createServer(async (request, response) => {
    // Half a request is none.
    const body = await readAll(request).catch(() => undefined);
    if (body !== undefined) bodies.push(body.toString());
    response.writeHead(201, { 'content-type': 'application/json' }).end('{"event_ids":[]}');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  let token = '';
  const proxy = await startFaultProxy({
    upstreamUrls: [`http://127.0.0.1:${address.port}`],
    random: createRandom(1, 'proxy'),
    cleanPerFault: 0,
    requestTimeoutMs,
    onToken: (renewed) => {
      token = renewed;
    },
  });
  const body = JSON.stringify(['x'.repeat(70_000)]);
  const post = () =>
    fetch(`${proxy.url}/api/v1/audit/events/batch`, {
      method: 'POST',
      body,
      headers: { authorization: `Bearer ${token}` },
      redirect: 'manual',
    });
  for (const _ of faultKinds) await post().catch(() => undefined);
  expect(proxy.faults).toEqual(Object.fromEntries(faultKinds.map((kind) => [kind, 1])));
  proxy.heal();
  expect((await post()).status).toBe(201);
  expect(new Set(bodies)).toEqual(new Set([body]));
  await proxy.close();
  server.close();
});
