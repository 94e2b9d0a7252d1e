import { once } from 'node:events';
import { createServer } from 'node:http';
import { expect, it, onTestFinished } from 'vitest';
import { balanceUpstreams } from './balance-upstreams.ts';

it('sends to every server in turn, one that is away included', async () => {
  const [first, away, last] = [await startNamed('first'), await startNamed('away'), await startNamed('last')];
  await away.close();
  const upstream = balanceUpstreams([first.url, away.url, last.url]);
  const answers: string[] = [];
  for (let request = 0; request < 6; request += 1) {
    const forwarded = upstream.forward({ method: 'GET', path: '/', headers: {}, body: Buffer.alloc(0) });
    answers.push(await forwarded.then(({ body }) => body.toString()).catch(() => 'nobody'));
  }
  upstream.close();
  expect(answers).toEqual(['first', 'nobody', 'last', 'first', 'nobody', 'last']);
});

async function startNamed(name: string): Promise<{ readonly url: string; close(): Promise<void> }> {
  const server = createServer((_request, response) => response.end(name));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const close = async () => {
    if (!server.listening) return;
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  };
  onTestFinished(close);
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the system gave no TCP port');
  return { url: `http://127.0.0.1:${address.port}`, close };
}
