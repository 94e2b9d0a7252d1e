/** Trace and span that something happened in, under the names that events have for them. */
export interface TraceContext {
  readonly trace_id: string;
  readonly span_id: string;
}

/**
 * Reads a `traceparent` header (W3C Trace Context, section 3.2).
 * @returns undefined when there is none, when it is not well-formed, or when its ids say nothing
 */
export function parseTraceparent(header: string | readonly string[] | undefined): TraceContext | undefined {
  if (typeof header !== 'string') return undefined;
  const { version, trace_id = '', span_id = '', rest } = traceparent.exec(header)?.groups ?? {};
  // Versions to come may have more members; version ff is forbidden for ever, and 00 ends with the flags.
  if (version === undefined || version === 'ff' || (version === '00' && rest !== undefined)) return undefined;
  return isZero(trace_id) || isZero(span_id) ? undefined : { trace_id, span_id };
}

const traceparent =
  /^(?<version>[0-9a-f]{2})-(?<trace_id>[0-9a-f]{32})-(?<span_id>[0-9a-f]{16})-[0-9a-f]{2}(?<rest>-.*)?$/;

function isZero(id: string): boolean {
  return /^0+$/.test(id);
}
