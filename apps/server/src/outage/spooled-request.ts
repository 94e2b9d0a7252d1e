import type { AuditEvent } from '@audit/schema';
import type { SpoolEntry, SpoolInput } from '@audit/spool';
import { parseExactJson } from '../http/parse-exact-json.ts';
import type { Submission } from '../ingest/submission.ts';
import { type PreparedEvent, prepareEvent } from '../record/prepare-event.ts';

/**
 * Writes a request as one entry of the spool: all of its events are kept or none. The text is a request body again,
 * with ids and defaults filled in, so that a person can read it and send it.
 */
export function toSpoolInput(submission: Submission): SpoolInput {
  const [first] = submission;
  if (first === undefined) throw new Error('a request without events cannot be spooled');
  const texts = submission.map(eventText);
  return {
    key: first.eventId,
    text: texts.length === 1 ? String(texts[0]) : `[${texts.join(',')}]`,
    critical: submission.some((event) => event.columns.severity === 'critical'),
  };
}

/**
 * Reads the events of an entry. They were accepted when the entry was appended.
 * @throws {SyntaxError} when the entry is not what {@link toSpoolInput} writes
 */
export function readSpoolEntry(entry: SpoolEntry): PreparedEvent[] {
  const receivedAt = new Date(entry.appendedAtMs).toISOString();
  const { buffer, byteOffset, byteLength } = entry.payload;
  const value = parseExactJson(Buffer.from(buffer, byteOffset, byteLength).toString());
  return (Array.isArray(value) ? value : [value]).map((event) => {
    if (!isSpooledEvent(event)) throw new SyntaxError('the entry is not a request that the service spooled');
    return prepareEvent(event, receivedAt);
  });
}

function eventText({ told, eventId }: PreparedEvent): string {
  return `${told},"event_id":"${eventId}"}`;
}

// Every event was checked before it was spooled, and frames carry a checksum. This is to recognise entries of others.
function isSpooledEvent(value: unknown): value is AuditEvent {
  return typeof value === 'object' && value !== null && 'event_id' in value && 'event_data' in value;
}
