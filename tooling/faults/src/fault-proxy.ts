import { EventEmitter, once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { balanceUpstreams } from './balance-upstreams.ts';
import { createFaultPlan, type FaultKind, faultKinds } from './fault-kinds.ts';
import { answerError, type Exchange, faults } from './faults.ts';
import type { Random } from './random.ts';
import { type ProxiedAnswer, type ProxiedRequest, readAll } from './upstream.ts';

/** Options of {@link startFaultProxy}. */
export interface FaultProxyOptions {
  /** Addresses of the servers, which get requests in turn. */
  readonly upstreamUrls: readonly string[];
  readonly random: Random;
  /** Requests that go through for each that does not. */
  readonly cleanPerFault: number;
  /** How long the producer waits for an answer, in milliseconds. */
  readonly requestTimeoutMs: number;
  /** Called with the token that is valid from now on. */
  readonly onToken: (token: string) => void;
}

/** A way between producers and server on which things happen. */
export interface FaultProxy {
  readonly url: string;
  /** Faults injected so far. */
  readonly faults: Readonly<Record<FaultKind, number>>;
  /** Answers of the server to batches so far, by status; `none` where it gave no whole answer. */
  readonly answers: ReadonlyMap<string, number>;
  /** Resolves when the next batch has gone to the server and is not answered yet. */
  nextForward(): Promise<unknown>;
  /** Injects no more faults. */
  heal(): void;
  close(): Promise<void>;
}

const batchPath = '/api/v1/audit/events/batch';
// A request below this size is taken by every proxy, and no event of ours is larger.
const tooLargeBytesMin = 65_536;

/** Starts the proxy on a free loopback port. */
export async function startFaultProxy(options: FaultProxyOptions): Promise<FaultProxy> {
  const { random, requestTimeoutMs, onToken } = options;
  const upstream = balanceUpstreams(options.upstreamUrls);
  const plan = createFaultPlan(random, options.cleanPerFault);
  const counts = Object.fromEntries(faultKinds.map((kind) => [kind, 0])) as Record<FaultKind, number>;
  const answers = new Map<string, number>();
  const signals = new EventEmitter();
  let token = '';
  let isHealed = false;
  let waitsForLargeBody = false;

  const renewToken = () => {
    token = `token-${random.integer(0, 1_000_000_000)}`;
    onToken(token);
  };
  const count = (status: string) => answers.set(status, (answers.get(status) ?? 0) + 1);
  const forward = async (request: ProxiedRequest): Promise<ProxiedAnswer> => {
    try {
      const answering = upstream.forward(request);
      signals.emit('forward');
      const answer = await answering;
      count(String(answer.status));
      return answer;
    } catch (error) {
      count('none');
      throw error;
    }
  };
  const nextFault = (bytes: number): FaultKind | 'none' => {
    if (isHealed) return 'none';
    if (waitsForLargeBody && bytes >= tooLargeBytesMin) {
      waitsForLargeBody = false;
      return 'status-413';
    }
    const fault = plan.next();
    if (fault !== 'status-413' || bytes >= tooLargeBytesMin) return fault;
    waitsForLargeBody = true;
    return 'none';
  };

  const handle = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { method = 'GET', url: path = '/', headers } = incoming;
    const request = { method, path, headers, body: await readAll(incoming) };
    const reply = (answer: ProxiedAnswer) =>
      void response.writeHead(answer.status, answer.headers).end(answer.body);
    if (path !== batchPath) return reply(await upstream.forward(request));
    if (headers.authorization !== `Bearer ${token}`) return answerError(response, 401);
    const fault = nextFault(request.body.length);
    const exchange: Exchange = {
      random,
      response,
      requestTimeoutMs,
      forward: () => forward(request),
      forwardHalf: () => upstream.forwardHalf(request),
      reply,
      renewToken,
    };
    if (fault === 'none') return reply(await exchange.forward());
    counts[fault] += 1;
    await faults[fault](exchange);
  };

  renewToken();
  const server = createServer((incoming, response) => {
    // A producer may be killed at any moment; its half request or unread answer is no fault of the proxy.
    response.on('error', () => {});
    handle(incoming, response).catch(() => giveUp(response, random));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the system gave no TCP port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    faults: counts,
    answers,
    nextForward: () => once(signals, 'forward'),
    heal: () => {
      isHealed = true;
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
      upstream.close();
    },
  };
}

// The server is away or went away: some proxies say so, some hang up.
function giveUp(response: ServerResponse, random: Random): void {
  if (response.headersSent || random.chance(0.5)) response.destroy();
  else answerError(response, 502);
}
