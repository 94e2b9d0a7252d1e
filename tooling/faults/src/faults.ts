import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FaultKind } from './fault-kinds.ts';
import type { Random } from './random.ts';
import type { ProxiedAnswer } from './upstream.ts';

/** One request with everything that a fault may do to it. */
export interface Exchange {
  readonly random: Random;
  readonly response: ServerResponse;
  /** How long the producer waits for an answer. */
  readonly requestTimeoutMs: number;
  /** Sends the request to the server and waits for its answer. */
  forward(): Promise<ProxiedAnswer>;
  forwardHalf(): Promise<void>;
  /** Answers what the server answered. */
  reply(answer: ProxiedAnswer): void;
  /** Makes the token that producers use invalid, and gives them another. */
  renewToken(): void;
}

type Fault = (exchange: Exchange) => Promise<void>;

/** What each fault does. */
export const faults: Readonly<Record<FaultKind, Fault>> = {
  latency: async (exchange) => {
    await sleep(exchange.random.integer(5, 150));
    const answer = await exchange.forward();
    await sleep(exchange.random.integer(5, 150));
    exchange.reply(answer);
  },
  'no-answer': async ({ forward, random, response, requestTimeoutMs }) => {
    if (random.chance(0.5)) await forward();
    await sleep(requestTimeoutMs * 1.5);
    response.destroy();
  },
  'reset-before': async ({ response }) => {
    response.destroy();
  },
  'reset-after': async ({ forward, response }) => {
    await forward();
    response.destroy();
  },
  'truncated-request': async ({ forwardHalf, response }) => {
    await forwardHalf();
    response.destroy();
  },
  'truncated-answer': async ({ forward, response }) => {
    const { status, headers, body } = await forward();
    response.writeHead(status, { ...headers, 'content-length': Math.max(body.length, 2) });
    response.write(body.subarray(0, body.length >> 1), () => response.destroy());
  },
  duplicated: async ({ forward, reply, random }) => {
    const both = [forward(), forward()] as const;
    const [first, second] = await Promise.all(both);
    reply(random.chance(0.5) ? first : second);
  },
  'delayed-duplicate': async ({ forward, random, response }) => {
    answerError(response, 504);
    // Long enough for the producer to have sent it again, and more after it.
    await sleep(random.integer(50, 1_500));
    await forward();
  },
  'status-401': async ({ renewToken, response }) => {
    renewToken();
    answerError(response, 401);
  },
  'status-404': async ({ response }) => answerError(response, 404),
  'status-413': async ({ response }) => answerError(response, 413),
  'status-429': async ({ random, response }) =>
    answerError(response, 429, random.chance(0.5) ? { 'retry-after': '1' } : {}),
  'status-500': async ({ forward, random, response }) => {
    // A proxy says 500 also for a request that the server has carried out.
    if (random.chance(0.5)) await forward();
    answerError(response, 500);
  },
  'status-502': async ({ response }) => answerError(response, 502),
  'status-503': async ({ response }) => answerError(response, 503),
  'status-503-retry-after': async ({ random, response }) =>
    answerError(response, 503, { 'retry-after': random.pick(['0', '1', 'soon']) }),
  redirect: async ({ response }) => answerError(response, 307, { location: '/login' }),
  'captive-portal': async ({ response }) => answerError(response, 200),
};

/** Answers as something between producer and server would: not with JSON. */
export function answerError(
  response: ServerResponse,
  status: number,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { 'content-type': 'text/html', ...headers });
  response.end(`<!doctype html><title>${status}</title><p>This is not the audit server.`);
}
