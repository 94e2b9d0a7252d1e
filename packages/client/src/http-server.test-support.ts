import { once } from 'node:events';
import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';

/** A server that listens on a free port of this machine. */
export interface HttpServer extends AsyncDisposable {
  readonly url: string;
  /** What was asked, oldest first; questions about the limits are not among it. */
  readonly requests: readonly ReceivedRequest[];
}

/** A request with its body. */
export interface ReceivedRequest {
  readonly method: string | undefined;
  readonly path: string | undefined;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** Starts a server that answers every request in one way, and knows no limits, as the servers before them. */
export async function startHttpServer(
  answer: (response: ServerResponse, request: ReceivedRequest) => void,
): Promise<HttpServer> {
  const requests: ReceivedRequest[] = [];
  const listener: RequestListener = async (request, response) => {
    const { method, url: path, headers } = request;
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    if (path?.endsWith('/api/v1/audit/limits')) {
      response.writeHead(404).end();
      return;
    }
    const received = { method, path, headers, body: Buffer.concat(chunks).toString() };
    requests.push(received);
    answer(response, received);
  };
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { url: `http://127.0.0.1:${portOf(server)}`, requests, [Symbol.asyncDispose]: () => stop(server) };
}

function portOf(server: Server): number {
  // A TCP server's address is never a string or null while it listens.
  return (server.address() as AddressInfo).port;
}

async function stop(server: Server): Promise<void> {
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
}
