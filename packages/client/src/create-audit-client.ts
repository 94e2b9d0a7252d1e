import type { AuditClient } from './audit-client.ts';
import type { ClientMetrics, FlushReport } from './client-metrics.ts';
import type { AuditClientOptions } from './client-options.ts';
import { assembleClient, type ClientParts } from './client-parts.ts';
import { confirmEmission } from './confirm-emission.ts';
import { resolveNumbers } from './resolve-options.ts';

/**
 * Creates the client that services emit events with.
 *
 * @example
 * await using client = createAuditClient({ url: 'http://localhost:8080' });
 * const outcome = client.emit(draftEvent(gatewayEvents.signalReceived, members));
 * @throws {AuditError} `invalid_configuration` when an option has a value that cannot work; `spool_failed` when the
 *   directory of the spool cannot be used
 */
export function createAuditClient(options: AuditClientOptions): AuditClient {
  const parts = assembleClient(options);
  const { emitter, spool } = parts;
  let closing: Promise<FlushReport> | undefined;
  const client: AuditClient = {
    emit: (event) => emitter.emit(event),
    emitFrom: (builder, input, identity) => emitter.emitFrom(builder, input, identity),
    emitDurable: (event) => confirmEmission(emitter.emit(event), spool),
    confirm: (outcome) => confirmEmission(outcome, spool),
    flush: () => flush(parts),
    close: (closeOptions = {}) => {
      closing ??= close(parts, resolveNumbers({ ...options, ...closeOptions }).closeTimeoutMs);
      return closing;
    },
    metrics: () => readMetrics(parts),
    deadLetters: () => spool.deadLetters(),
    [Symbol.asyncDispose]: async () => {
      await client.close();
    },
  };
  return client;
}

async function flush(parts: ClientParts): Promise<FlushReport> {
  const delivered = await parts.loop.flush();
  return toReport(readMetrics(parts), delivered);
}

async function close(parts: ClientParts, timeoutMs: number): Promise<FlushReport> {
  const { adoption, emitter, loop, spool, sync } = parts;
  emitter.close();
  const adopted = adoption?.stop();
  await loop.drain(timeoutMs);
  await adopted;
  await sync?.settled();
  await spool.close();
  const metrics = readMetrics(parts);
  return toReport(metrics, metrics.spooled === 0);
}

function readMetrics({ counters, loop, spool }: ClientParts): ClientMetrics {
  counters.settle(spool.statistics());
  const { emitted, recovered, acknowledged, spooled, dead, damaged, rejected, requests, retries } = counters;
  return {
    ...{ emitted, recovered, acknowledged, spooled, dead, damaged, rejected, requests, retries },
    state: loop.state,
  };
}

function toReport({ acknowledged, spooled, dead, rejected }: ClientMetrics, delivered: boolean): FlushReport {
  return { delivered, acknowledged, spooled, dead, rejected };
}
