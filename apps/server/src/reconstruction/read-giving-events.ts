import type { AuditEvent } from '@audit/schema';
import { parseExactJson } from '../http/parse-exact-json.ts';
import { readDisclosures } from '../record/read-disclosures.ts';
import { revealPersonalData } from '../record/reveal-personal-data.ts';
import type { Database } from '../store/database.ts';
import { readQuery } from '../store/sql.ts';

/** An event that gives something to a rebuilt object. */
export interface GivingEvent {
  readonly type: string;
  readonly event: AuditEvent;
  /** JSON pointers of members that were erased. */
  readonly erased: ReadonlySet<string>;
}

interface GivingRow extends Record<string, unknown> {
  readonly sequence: string;
  readonly record: string;
  readonly disclosures: string | null;
}

/** What to read. */
export interface GivingEventsQuery {
  readonly logId: string;
  readonly correlationId: string;
  readonly types: readonly string[];
}

const readEvents = readQuery('read-events-of-types');

/** Reads the events of a correlation that are of certain types, in the order of the log, some at a time. */
export async function* readGivingEvents(
  database: Database,
  { logId, correlationId, types }: GivingEventsQuery,
): AsyncGenerator<GivingEvent> {
  for (let after = '-1'; ; ) {
    const rows = await database.query<GivingRow>(readEvents, [logId, correlationId, types, after]);
    for (const row of rows) yield toGivingEvent(row);
    const last = rows.at(-1);
    if (last === undefined) return;
    after = last.sequence;
  }
}

function toGivingEvent(row: GivingRow): GivingEvent {
  const disclosures = readDisclosures(row.disclosures);
  // The server wrote it, after it was checked.
  const event = parseExactJson(revealPersonalData(row.record, disclosures)) as AuditEvent;
  const erased = disclosures.filter(({ disclosure }) => disclosure === null).map(({ pointer }) => pointer);
  return { type: event.event_type, event, erased: new Set(erased) };
}
