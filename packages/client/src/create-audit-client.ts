import type { AuditClient } from './audit-client.ts';
import { BatchSender } from './batch-sender.ts';
import { callListener } from './call-listener.ts';
import type { ClientMetrics, FlushReport } from './client-metrics.ts';
import type { AuditClientOptions } from './client-options.ts';
import { systemClock } from './clock.ts';
import { type Counters, createCounters } from './counters.ts';
import { DeadEvents } from './dead-events.ts';
import { DeliveryLoop } from './delivery-loop.ts';
import { Emitter } from './emitter.ts';
import type { EventQueue } from './event-queue.ts';
import { createHttpTransport } from './http-transport.ts';
import { MemoryQueue } from './memory-queue.ts';
import { type DeliveryNumbers, resolveNumbers } from './resolve-options.ts';

/**
 * Creates the client that services emit events with.
 *
 * @example
 * await using client = createAuditClient({ url: 'http://localhost:8080' });
 * const outcome = client.emit(draftEvent(gatewayEvents.signalReceived, members));
 * @throws {AuditError} `invalid_configuration` when an option has a value that cannot work
 */
export function createAuditClient(options: AuditClientOptions): AuditClient {
  const parts = assemble(options);
  let closing: Promise<FlushReport> | undefined;
  const client: AuditClient = {
    emit: (event) => parts.emitter.emit(event),
    emitFrom: (builder, input, identity) => parts.emitter.emitFrom(builder, input, identity),
    flush: () => flush(parts),
    close: (closeOptions = {}) => {
      closing ??= close(parts, resolveNumbers({ ...options, ...closeOptions }).closeTimeoutMs);
      return closing;
    },
    metrics: () => readMetrics(parts),
    deadEvents: () => parts.deadEvents.list(),
    [Symbol.asyncDispose]: async () => {
      await client.close();
    },
  };
  return client;
}

interface Parts {
  readonly queue: EventQueue;
  readonly counters: Counters;
  readonly deadEvents: DeadEvents;
  readonly emitter: Emitter;
  readonly loop: DeliveryLoop;
}

function assemble(options: AuditClientOptions): Parts {
  const numbers = resolveNumbers(options);
  const { clock = systemClock, random = Math.random } = options;
  const queue = options.queue ?? createMemoryQueue(numbers);
  const counters = createCounters(queue.statistics().events);
  const deadEvents = new DeadEvents(numbers.deadEventsMax);
  const sender = new BatchSender({
    queue,
    transport: options.transport ?? createHttpTransport(options),
    clock,
    counters,
    limits: { eventsMax: numbers.batchEventsMax, bytesMax: numbers.batchBytesMax },
    requestTimeoutMs: numbers.requestTimeoutMs,
    onDead: (event) => {
      deadEvents.add(event);
      callListener('onDead', () => options.onDead?.(event));
    },
  });
  const loop = new DeliveryLoop({
    ...numbers,
    queue,
    sender,
    clock,
    counters,
    random,
    onStateChange: (state, failure) =>
      callListener('onStateChange', () => options.onStateChange?.(state, failure)),
  });
  const emitter = new Emitter({ queue, clock, counters, onAccepted: () => loop.schedule() });
  if (counters.emitted > 0) loop.schedule();
  return { queue, counters, deadEvents, emitter, loop };
}

function createMemoryQueue({ queueEventsMax, queueBytesMax }: DeliveryNumbers): EventQueue {
  return new MemoryQueue({ eventsMax: queueEventsMax, bytesMax: queueBytesMax });
}

async function flush(parts: Parts): Promise<FlushReport> {
  const delivered = await parts.loop.flush();
  return toReport(readMetrics(parts), delivered);
}

async function close(parts: Parts, timeoutMs: number): Promise<FlushReport> {
  parts.emitter.close();
  await parts.loop.drain(timeoutMs);
  const metrics = readMetrics(parts);
  return toReport(metrics, metrics.spooled === 0);
}

function readMetrics({ counters, loop, queue }: Parts): ClientMetrics {
  return { ...counters, spooled: queue.statistics().events, state: loop.state };
}

function toReport({ acknowledged, spooled, dead, rejected }: ClientMetrics, delivered: boolean): FlushReport {
  return { delivered, acknowledged, queued: spooled, dead, rejected };
}
