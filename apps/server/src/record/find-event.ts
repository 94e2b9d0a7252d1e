import type { Queryable } from '../store/database.ts';
import { readQuery } from '../store/sql.ts';
import { readDisclosures, type StoredDisclosure } from './read-disclosures.ts';

const findEventQuery = readQuery('find-event');

/** Where the record of an event stands, and its personal data by pointer. */
export interface FoundEvent {
  readonly eventId: string;
  readonly sequence: number;
  readonly correlationId: string;
  readonly eventHash: string;
  readonly disclosures: readonly StoredDisclosure[];
}

interface EventRow extends Record<string, unknown> {
  readonly event_id: string;
  readonly sequence: string;
  readonly correlation_id: string;
  readonly event_hash: string;
  readonly disclosures: string | null;
}

/** Finds the record of an event; undefined when the log has none. */
export async function findEvent(
  database: Queryable,
  logId: string,
  eventId: string,
): Promise<FoundEvent | undefined> {
  const [row] = await database.query<EventRow>(findEventQuery, [logId, eventId]);
  if (row === undefined) return undefined;
  return {
    eventId: row.event_id,
    sequence: Number(row.sequence),
    correlationId: row.correlation_id,
    eventHash: row.event_hash,
    disclosures: readDisclosures(row.disclosures),
  };
}
