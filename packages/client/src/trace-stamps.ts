/** A span as OpenTelemetry's API has it, as far as events need it. */
export interface TraceSpan {
  spanContext(): { readonly traceId: string; readonly spanId: string };
}

/**
 * Writes the trace of the active span as members of an event, each with a comma after it. Empty when no span is active,
 * or when it fails or is no W3C trace context: an event is worth more than where it belongs to.
 */
export function traceStamps(activeSpan: () => TraceSpan | undefined): string {
  try {
    const { traceId, spanId } = activeSpan()?.spanContext() ?? none;
    if (!isId(traceId, 32) || !isId(spanId, 16)) return '';
    return `"trace_id":"${traceId}","span_id":"${spanId}",`;
  } catch {
    // The tracer is not the client's, and emitting never throws.
    return '';
  }
}

const none = { traceId: '', spanId: '' };

function isId(text: string, digits: number): boolean {
  return text.length === digits && /^(?!0+$)[0-9a-f]+$/.test(text);
}
