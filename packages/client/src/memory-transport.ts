import {
  type AuditEvent,
  type EventCatalogue,
  type EventIssue,
  eventIssue,
  safeParseEvent,
} from '@audit/schema';
import type {
  AuditTransport,
  NamedFault,
  ServerLimits,
  TransportAnswer,
  TransportBatch,
} from './transport.ts';

/** What a scripted attempt ends with: an answer, or an error as when no readable answer comes. */
export type ScriptedAnswer = TransportAnswer | Error;

/** Options of {@link createMemoryTransport}. */
export interface MemoryTransportOptions {
  /** Event types to know; default those of the contract. */
  readonly catalogue?: EventCatalogue;
  /** Limits to tell and to keep; default 500 events and 5 MiB, as the server's. */
  readonly limits?: ServerLimits;
}

/** A server in memory, for tests. */
export interface MemoryTransport extends AuditTransport {
  /** The stored events, in the order stored. */
  readonly events: readonly AuditEvent[];
  /** Every batch that was sent, refused ones included. */
  readonly batches: readonly TransportBatch[];
  /** Answers the next batches with these instead, one each; nothing of them is stored. */
  respondWith(...answers: readonly ScriptedAnswer[]): void;
}

/**
 * Creates a transport that validates and stores events as the server does: 201 when stored, 200 when stored before,
 * 400 naming every bad event or saying that they are too many, 409 for an id that is stored with other content, 413
 * when the body is too large; a batch is stored wholly or not at all.
 *
 * @example
 * const transport = createMemoryTransport();
 * const client = createAuditClient({ transport });
 * client.emit(event);
 * await client.flush();
 * expect(transport.events).toHaveLength(1);
 */
export function createMemoryTransport(options: MemoryTransportOptions = {}): MemoryTransport {
  const stored = new Map<string, StoredEvent>();
  const batches: TransportBatch[] = [];
  const script: ScriptedAnswer[] = [];
  const limits = { batchEventsMax: 500, bodyBytesMax: 5_242_880, ...options.limits };
  return {
    batches,
    get events() {
      return [...stored.values()].map(({ event }) => event);
    },
    respondWith(...answers) {
      script.push(...answers);
    },
    async send(batch, signal) {
      signal.throwIfAborted();
      batches.push(batch);
      const scripted = script.shift();
      if (scripted instanceof Error) throw scripted;
      return scripted ?? refuseSize(batch, limits) ?? store(batch, stored, options);
    },
    async limits(signal) {
      signal.throwIfAborted();
      return limits;
    },
  };
}

function refuseSize(
  { body, eventIds }: TransportBatch,
  { batchEventsMax, bodyBytesMax }: Required<ServerLimits>,
): TransportAnswer | undefined {
  if (body.length > bodyBytesMax) return refusal(413, `the body is larger than ${bodyBytesMax} bytes`, []);
  if (eventIds.length <= batchEventsMax) return undefined;
  const type = 'urn:audit:problem:batch-size-exceeded';
  return { status: 400, problem: { type, detail: `more than ${batchEventsMax} events`, errors: [] } };
}

interface StoredEvent {
  readonly event: AuditEvent;
  readonly text: string;
}

function store(
  batch: TransportBatch,
  stored: Map<string, StoredEvent>,
  options: MemoryTransportOptions,
): TransportAnswer {
  // The client wrote this body as an array of events.
  const values = JSON.parse(new TextDecoder().decode(batch.body)) as readonly object[];
  const events: AuditEvent[] = [];
  const faults = values.flatMap((value, index) => {
    const result = safeParseEvent(value, options);
    if (result.success) events.push(result.event);
    return result.success ? [] : result.issues.map((issue) => toFault(issue, index, batch));
  });
  if (faults.length > 0) return refusal(400, 'events break the contract', faults);
  return storeValid(events, batch, stored);
}

function storeValid(
  events: readonly AuditEvent[],
  batch: TransportBatch,
  stored: Map<string, StoredEvent>,
): TransportAnswer {
  const added = new Map<string, StoredEvent>();
  const faults: NamedFault[] = [];
  for (const [index, event] of events.entries()) {
    const eventId = batch.eventIds[index] ?? '';
    // As for the server, the same event in another span is the same event.
    const text = JSON.stringify({ ...event, trace_id: undefined, span_id: undefined });
    const known = stored.get(eventId) ?? added.get(eventId);
    if (known === undefined) added.set(eventId, { event, text });
    else if (known.text !== text) faults.push(toFault(conflict(eventId), index, batch));
  }
  if (faults.length > 0) return refusal(409, 'event ids are stored with other content', faults);
  for (const [eventId, entry] of added) stored.set(eventId, entry);
  return { status: added.size > 0 ? 201 : 200 };
}

function refusal(status: number, detail: string, errors: readonly NamedFault[]): TransportAnswer {
  return { status, problem: { detail, errors } };
}

function toFault(issue: EventIssue, index: number, batch: TransportBatch): NamedFault {
  const event_id = batch.eventIds[index];
  return { index, ...(event_id !== undefined && { event_id }), message: issue.message };
}

function conflict(eventId: string): EventIssue {
  return eventIssue({
    code: 'conflict',
    pointer: '/event_id',
    expected: 'an id that is not stored with other content',
    received: JSON.stringify(eventId),
  });
}
