import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

/** A server that passes on what another one answers, but of an export the first half only; then it is silent. */
export interface HalfRelay {
  readonly url: string;
  /** Resets the connection of the export. */
  cut(): void;
}

/** Starts a relay for the running test. */
export async function startHalfRelay(url: string): Promise<HalfRelay> {
  let half: ServerResponse | undefined;
  const relay = createServer(async (request, response) => {
    const answer = await fetch(`${url}${request.url}`);
    const body = Buffer.from(await answer.arrayBuffer());
    response.writeHead(answer.status, { 'audit-log-size': answer.headers.get('audit-log-size') ?? '' });
    if (request.url?.includes('/export') !== true) {
      response.end(body);
      return;
    }
    half = response;
    response.write(body.subarray(0, body.length / 2));
  });
  await once(relay.listen(0, '127.0.0.1'), 'listening');
  onTestFinished(() => {
    relay.closeAllConnections();
    relay.close();
  });
  // A TCP server that listens has an address of this kind.
  const { port } = relay.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, cut: () => half?.destroy() };
}
