import { specVersion } from '@audit/schema';
import {
  context,
  propagation,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api';
import type { FastifyInstance, FastifyRequest } from 'fastify';

/** Name under which the server asks OpenTelemetry for its tracer. */
export const tracerName = 'audit-server';

/**
 * Makes a span of every request, active while the request is handled. Without a tracer provider, which the operator
 * brings along, OpenTelemetry's API does nothing.
 */
export function addRequestSpans(server: FastifyInstance): void {
  const tracer = trace.getTracer(tracerName, specVersion);
  const spans = new WeakMap<FastifyRequest, Span>();

  server.addHook('onRequest', (request, _reply, done) => {
    const route = request.routeOptions.url;
    const name = route === undefined ? request.method : `${request.method} ${route}`;
    const attributes = { 'http.request.method': request.method, 'http.route': route };
    const span = tracer.startSpan(name, { kind: SpanKind.SERVER, attributes }, parentOf(request));
    spans.set(request, span);
    context.with(trace.setSpan(context.active(), span), done);
  });

  server.addHook('onResponse', (request, reply, done) => {
    const span = spans.get(request);
    span?.setAttribute('http.response.status_code', reply.statusCode);
    if (reply.statusCode >= 500) span?.setStatus({ code: SpanStatusCode.ERROR });
    span?.end();
    done();
  });
}

// An instrumentation of node:http that the operator uses has read the headers already, and its span is active.
function parentOf({ headers }: FastifyRequest) {
  return trace.getActiveSpan() === undefined ? propagation.extract(ROOT_CONTEXT, headers) : context.active();
}
