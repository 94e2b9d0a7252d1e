import { context, ROOT_CONTEXT, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { beforeAll, expect, it } from 'vitest';
import type { AuditClient } from './audit-client.ts';
import { bindBuilders } from './bind-builders.ts';
import type { AuditClientOptions } from './client-options.ts';
import { createAuditClient } from './create-audit-client.ts';
import { exampleDraft } from './example-event.test-support.ts';
import { createMemoryTransport, type MemoryTransport } from './memory-transport.ts';

const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
const spanId = '00f067aa0ba902b7';

beforeAll(() => void context.setGlobalContextManager(new AsyncLocalStorageContextManager()));

function inSpan<Result>(work: () => Result, id = spanId): Result {
  return context.with(trace.setSpanContext(ROOT_CONTEXT, { traceId, spanId: id, traceFlags: 0 }), work);
}

function create(activeSpan: AuditClientOptions['activeSpan'] = trace.getActiveSpan): {
  client: AuditClient;
  transport: MemoryTransport;
} {
  const transport = createMemoryTransport();
  return { transport, client: createAuditClient({ transport, durability: 'memory', activeSpan }) };
}

const tracesOf = ({ events }: MemoryTransport) => events.map(({ trace_id, span_id }) => [trace_id, span_id]);

it('an event names the span that is active when it is emitted, unless it names a trace itself', async () => {
  const { client, transport } = create();
  client.emit(exampleDraft());
  inSpan(() => client.emit(exampleDraft()));
  inSpan(() => client.emit({ ...exampleDraft(), trace_id: 'a'.repeat(32) }));
  inSpan(() => bindBuilders(client, { workflowStarted: exampleDraft }).workflowStarted('rr-1'));
  await client.close();
  expect(tracesOf(transport)).toEqual([
    [undefined, undefined],
    [traceId, spanId],
    ['a'.repeat(32), undefined],
    [traceId, spanId],
  ]);
});

it('repeated calls with one identity are one event, in whatever span each is made', async () => {
  const { client, transport } = create();
  const audit = bindBuilders(client, { workflowStarted: exampleDraft });
  const identity = { emissionKey: 'generation-1', occurredAt: '2026-01-14T09:31:51Z' };
  inSpan(() => audit.workflowStarted('rr-1', identity));
  inSpan(() => audit.workflowStarted('rr-1', identity), 'c'.repeat(16));
  expect(await client.close()).toMatchObject({ acknowledged: 2, dead: 0 });
  expect(tracesOf(transport)).toEqual([[traceId, spanId]]);
});

it.each([
  [
    'throws',
    () => {
      throw new Error('no tracer');
    },
  ],
  ['gives zeros', () => ({ spanContext: () => ({ traceId: '0'.repeat(32), spanId: '0'.repeat(16) }) })],
  ['gives what would break out of the text', () => ({ spanContext: () => ({ traceId: '"', spanId: '"' }) })],
  ['gives numbers', () => ({ spanContext: () => ({ traceId: 5, spanId: 5 }) as never })],
  ['gives half of a context', () => ({ spanContext: () => ({ traceId }) as never })],
])('a tracer that %s costs no event', async (_name, activeSpan) => {
  const { client, transport } = create(activeSpan);
  expect(client.emit(exampleDraft()).status).toBe('accepted');
  await client.close();
  expect(tracesOf(transport)).toEqual([[undefined, undefined]]);
});
