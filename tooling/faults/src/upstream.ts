import { Agent, type IncomingHttpHeaders, type IncomingMessage, request } from 'node:http';

/** A request as it came. */
export interface ProxiedRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** An answer as it came. */
export interface ProxiedAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** The server behind the proxy. */
export interface Upstream {
  /** Sends a request; rejects when no whole answer comes. */
  forward(request: ProxiedRequest): Promise<ProxiedAnswer>;
  /** Sends the first half of a request and hangs up. */
  forwardHalf(request: ProxiedRequest): Promise<void>;
  close(): void;
}

/** Connects to the server at a URL. */
export function createUpstream(url: string): Upstream {
  const agent = new Agent({ keepAlive: true });
  const open = ({ method, path, headers }: ProxiedRequest) =>
    request(new URL(path, url), { method, headers: { ...headers, host: new URL(url).host }, agent });
  return {
    async forward(proxied) {
      const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
      open(proxied).on('response', resolve).on('error', reject).end(proxied.body);
      const answer = await promise;
      return { status: answer.statusCode ?? 0, headers: answer.headers, body: await readAll(answer) };
    },
    async forwardHalf(proxied) {
      const { promise, resolve } = Promise.withResolvers<void>();
      const outgoing = open(proxied).on('close', resolve);
      // The server may be away; then there is no half to send either.
      outgoing.on('error', () => resolve());
      outgoing.on('response', (answer) => answer.resume());
      outgoing.write(proxied.body.subarray(0, proxied.body.length >> 1), () => outgoing.destroy());
      await promise;
    },
    close: () => agent.destroy(),
  };
}

/** Reads a message to its end; rejects when it breaks off. */
export async function readAll(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk);
  return Buffer.concat(chunks);
}
