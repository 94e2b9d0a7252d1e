import { leafHash } from '@audit/integrity';
import type { PreparedEvent } from './prepare-event.ts';

/** Where a record stands. */
export interface RecordPlace {
  readonly logId: string;
  /** Position in the log, from 0, dense. */
  readonly sequence: number;
  /** `event_hash` of the record before it in the same correlation; empty for the first. */
  readonly previousEventHash: string;
}

/** A record: the bytes that are stored, exported and verified, and their hash. */
export interface AuditRecordText {
  readonly text: string;
  /** Lower-case hex. */
  readonly eventHash: string;
}

/** Writes the record of an event at its place in the log. */
export function writeRecord(event: PreparedEvent, place: RecordPlace): AuditRecordText {
  const text =
    `${event.opening},"event_id":"${event.eventId}","log_id":${JSON.stringify(place.logId)},` +
    `"sequence":${place.sequence},"received_at":"${event.receivedAt}",` +
    `"previous_event_hash":"${place.previousEventHash}"}`;
  return { text, eventHash: leafHash(text) };
}
