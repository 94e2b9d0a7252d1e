import type { ServerLimits } from './transport.ts';

/** Reads the limits of a server from a parsed body; undefined when the body is none of the audit server's. */
export function parseLimits(body: unknown): ServerLimits | undefined {
  if (typeof body !== 'object' || body === null) return undefined;
  const batchEventsMax = numberAt(body, 'batch_events_max');
  const bodyBytesMax = numberAt(body, 'body_bytes_max');
  if (batchEventsMax === undefined && bodyBytesMax === undefined) return undefined;
  return {
    ...(batchEventsMax !== undefined && { batchEventsMax }),
    ...(bodyBytesMax !== undefined && { bodyBytesMax }),
  };
}

// A limit below 1 would let nothing through: such an answer is a mistake, and the refusals teach the truth.
function numberAt(body: object, name: string): number | undefined {
  const value: unknown = Reflect.get(body, name);
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 1 ? value : undefined;
}
