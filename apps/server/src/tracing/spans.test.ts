import { context, propagation, type SpanContext, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import { beforeAll, beforeEach, expect, it } from 'vitest';
import { openMigratedPglite } from '../test-support/embedded-databases.ts';
import { sampleEvent } from '../test-support/sample-events.ts';
import { startTestServer, type TestServer } from '../test-support/test-server.ts';

const exporter = new InMemorySpanExporter();
const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
const spanId = '00f067aa0ba902b7';

// What an operator's SDK does before the server starts.
beforeAll(() => {
  context.setGlobalContextManager(new AsyncLocalStorageContextManager());
  propagation.setGlobalPropagator(new W3CTraceContextPropagator());
  const provider = new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter })] });
  trace.setGlobalTracerProvider(provider);
});

let server: TestServer;

beforeEach(() => exporter.reset());

function post(headers: Record<string, string> = {}): Promise<number> {
  const all = { 'content-type': 'application/json', ...headers };
  const body = JSON.stringify([sampleEvent(), sampleEvent()]);
  return server.send('POST', '/api/v1/audit/events/batch', body, all).then(({ status }) => status);
}

const spans = () => exporter.getFinishedSpans();
// The span of a request ends after its answer has left, which the client may see first.
async function untilEnded(count: number): Promise<void> {
  while (spans().length < count) await new Promise((resolve) => setImmediate(resolve));
}
const spanOf = (name: string) => spans().find((span) => span.name === name);
const idsOf = ({ traceId, spanId }: SpanContext) => ({ traceId, spanId });

it('makes a span of a request in the trace of its sender, and one of the transaction, linked to it', async () => {
  server = await startTestServer(openMigratedPglite);
  expect(await post({ traceparent: `00-${traceId}-${spanId}-01` })).toBe(201);
  await untilEnded(2);
  const request = spanOf('POST /api/v1/audit/events/batch');
  const commit = spanOf('audit.commit');
  if (request === undefined || commit === undefined) throw new Error('a span is missing');
  expect([request.kind, request.parentSpanContext?.spanId, request.spanContext().traceId]).toEqual([
    SpanKind.SERVER,
    spanId,
    traceId,
  ]);
  expect(request.attributes).toEqual({
    'http.request.method': 'POST',
    'http.route': '/api/v1/audit/events/batch',
    'http.response.status_code': 201,
  });
  expect([commit.parentSpanContext, commit.attributes]).toEqual([undefined, { 'audit.submissions': 1 }]);
  expect(commit.links.map((link) => idsOf(link.context))).toEqual([idsOf(request.spanContext())]);

  exporter.reset();
  await server.send('GET', '/nowhere/4711');
  await server.database.query('drop schema audit cascade');
  expect(await post()).toBe(503);
  await untilEnded(3);
  expect(spans().map(({ name, status }) => [name, status.code])).toEqual([
    // The name of a path that does not exist is the client's, and there is no end of them.
    ['GET', SpanStatusCode.UNSET],
    ['audit.commit', SpanStatusCode.ERROR],
    ['POST /api/v1/audit/events/batch', SpanStatusCode.ERROR],
  ]);
  expect(spanOf('audit.commit')?.status.message).toBe('error');
});
