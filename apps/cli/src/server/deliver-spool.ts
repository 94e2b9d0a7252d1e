import { setTimeout as wait } from 'node:timers/promises';
import { type AuditClient, createAuditClient, createHttpTransport } from '@audit/client';
import type { AuditError } from '@audit/schema';
import type { Spool } from '@audit/spool';
import type { ServerAccess } from '../options/server-options.ts';
import { producerSpool } from '../spools/producer-spool.ts';
import { unreachable } from './unreachable.ts';

/** Options of {@link deliverSpool}. */
export interface DeliverySettings {
  readonly server: ServerAccess;
  /** Milliseconds without a delivered event until it stops. */
  readonly patienceMs: number;
  /** Ends the delivery early; what waits then stays. */
  readonly signal: AbortSignal;
  /** Is told a few times a second how many events have left the queue; default nobody. */
  readonly onProgress?: (settled: number) => void;
}

/** What became of the events of a spool. */
export interface Delivery {
  /** Events that the server has. */
  readonly delivered: number;
  /** Events that the server refused for good; kept as dead letters. */
  readonly deadLetters: number;
  /** Events that the disk has destroyed. */
  readonly damaged: number;
  /** Events that still wait. */
  readonly waiting: number;
  /** Why an attempt failed, the last one that did. */
  readonly failure?: AuditError;
}

const retryWaitMs = 500;
const progressMs = 250;
const answerTimeoutMs = 10_000;

/** Sends what a spool holds as its producer would, until nothing waits or nothing moves. Closes the spool. */
export async function deliverSpool(spool: Spool, settings: DeliverySettings): Promise<Delivery> {
  const { onProgress, server } = settings;
  let failure: AuditError | undefined;
  const stop = new AbortController();
  const client = createAuditClient({
    ...server,
    spool: producerSpool(spool, (reason) => stop.abort(reason)),
    onStateChange: (_, reason) => {
      failure = reason ?? failure;
    },
  });
  const ticking = setInterval(() => onProgress?.(settledOf(client)), progressMs);
  try {
    await flushPatiently(client, { ...settings, signal: AbortSignal.any([settings.signal, stop.signal]) });
  } finally {
    clearInterval(ticking);
    await client.close({ closeTimeoutMs: 0 });
  }
  const { acknowledged, damaged, dead, spooled } = client.metrics();
  failure = stop.signal.reason ?? failure;
  const counts = { delivered: acknowledged, deadLetters: dead - damaged, damaged, waiting: spooled };
  return failure === undefined ? counts : { ...counts, failure };
}

/**
 * Makes sure that something answers, so that a wrong address is no matter of patience.
 * @throws {CommandFailure} `notReached`
 */
export async function requireAnswer(server: ServerAccess): Promise<void> {
  try {
    await createHttpTransport(server).limits?.(AbortSignal.timeout(answerTimeoutMs));
  } catch (error) {
    throw unreachable(server.url, error);
  }
}

async function flushPatiently(client: AuditClient, { patienceMs, signal }: DeliverySettings): Promise<void> {
  const stopped = new Promise<'stopped'>((resolve) => {
    const stop = () => resolve('stopped');
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
  let settled = -1;
  let patienceEndsMs = 0;
  for (;;) {
    const report = await Promise.race([client.flush(), stopped]);
    if (report === 'stopped' || report.delivered || !isWorthRetrying(client)) return;
    if (settledOf(client) > settled) {
      settled = settledOf(client);
      patienceEndsMs = performance.now() + patienceMs;
    }
    if (performance.now() >= patienceEndsMs) return;
    await Promise.race([wait(retryWaitMs), stopped]);
  }
}

// Another attempt does not change a token, nor what listens at the address.
function isWorthRetrying(client: AuditClient): boolean {
  const { state } = client.metrics();
  return state !== 'unauthorized' && state !== 'misconfigured';
}

function settledOf(client: AuditClient): number {
  const { acknowledged, dead } = client.metrics();
  return acknowledged + dead;
}
