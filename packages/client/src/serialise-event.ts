import { AuditError, describeReceived } from '@audit/schema';
import type { SpoolInput } from '@audit/spool';
import type { Clock } from './clock.ts';
import { describeSafely, describeThrown } from './describe-thrown.ts';
import { type TraceSpan, traceStamps } from './trace-stamps.ts';
import { createUuidSource } from './uuid-v7.ts';

/** The members of an event that decide how it is kept; the client adds id, time and trace when they are missing. */
export interface StampableEvent {
  readonly event_id?: string;
  readonly event_timestamp?: string;
  readonly trace_id?: string;
  readonly span_id?: string;
  readonly severity?: string | null;
}

/**
 * Adds id and time where they are missing and writes the event as JSON, or says why that is impossible. The text is
 * written once and sent as it is, however often it is retried; its key is the event id.
 */
export type EventSerialiser = (event: StampableEvent) => SpoolInput | AuditError;

/** Makes a serialiser that takes the time from a clock, and the trace, if there is one, from the active span. */
export function createEventSerialiser(
  clock: Clock,
  activeSpan?: () => TraceSpan | undefined,
): EventSerialiser {
  const nextUuid = createUuidSource();
  const timestampOf = createTimestamp();
  return (event) => {
    try {
      const { event_id, event_timestamp, severity, trace_id, span_id } = event;
      const nowMs = clock.now();
      const eventId = event_id ?? nextUuid(nowMs);
      const stamps =
        (event_id === undefined ? `"event_id":"${eventId}",` : '') +
        (event_timestamp === undefined ? `"event_timestamp":"${timestampOf(nowMs)}",` : '');
      const namesTrace = activeSpan === undefined || trace_id !== undefined || span_id !== undefined;
      const trace = namesTrace ? '' : traceStamps(activeSpan);
      const text = insertMembers(JSON.stringify(event), stamps + trace);
      return { key: toKey(eventId), text, critical: severity === 'critical' };
    } catch (cause) {
      return notSerialisable(event, cause);
    }
  };
}

// Writing into the text spares a copy of the event, which would cost as much as half of JSON.stringify.
function insertMembers(text: string | undefined, members: string): string {
  if (text === undefined || !text.startsWith('{')) throw new TypeError('it is not an object');
  if (members === '') return text;
  return text === '{}' ? `{${members.slice(0, -1)}}` : `{${members}${text.slice(1)}`;
}

// Characters of at most three bytes each: together they fit in the 255 bytes of a key.
const keyCharsMax = 63;

// A JavaScript caller can give an id that is no text. The server refuses the event, and the dead letter needs a name.
function toKey(eventId: unknown): string {
  const text = String(eventId);
  if (text === '') return 'no id';
  return text.length > keyCharsMax ? text.slice(0, keyCharsMax) : text;
}

// toISOString costs about 400 ns and a busy producer emits many events in one millisecond.
function createTimestamp(): (nowMs: number) => string {
  let cachedMs = Number.NaN;
  let cachedText = '';
  return (nowMs) => {
    if (nowMs !== cachedMs) {
      cachedText = new Date(nowMs).toISOString();
      cachedMs = nowMs;
    }
    return cachedText;
  };
}

function notSerialisable(event: unknown, cause: unknown): AuditError {
  const received = describeSafely(() => describeReceived(event));
  return new AuditError(
    `emit: expected an event that can be written as JSON, received ${received}: ${describeThrown(cause)}`,
    { code: 'not_serialisable', cause },
  );
}
