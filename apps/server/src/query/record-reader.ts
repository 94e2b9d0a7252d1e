import { readDisclosures } from '../record/read-disclosures.ts';
import { revealPersonalData } from '../record/reveal-personal-data.ts';
import type { Database } from '../store/database.ts';
import { readQuery } from '../store/sql.ts';
import { writeCursor } from './cursor.ts';
import { filterConditions, sourceOf } from './filter-conditions.ts';
import type { RecordQuery } from './record-query.ts';

/** Matches are counted up to this number, so that a page never costs more than its rows. */
export const totalMax = 10_000;

/** One page of a query. */
export interface RecordPage {
  /** The events as JSON texts, ready to be joined. */
  readonly events: readonly string[];
  readonly total: number;
  readonly totalIsCapped: boolean;
  /** Records of the correlation asked for that were purged; 0 when none was asked for. */
  readonly purged: number;
  readonly nextCursor: string | null;
}

interface RecordRow extends Record<string, unknown> {
  readonly sequence: string;
  readonly record: string;
  readonly event_hash: string;
  readonly event_date: string;
  readonly legal_hold: boolean;
  readonly disclosures: string | null;
}

/** Reads one page of a log. */
export async function readRecords(
  database: Database,
  logId: string,
  query: RecordQuery,
): Promise<RecordPage> {
  const rows = await selectPage(database, logId, query);
  const total = await countMatches(database, logId, query);
  const purged = await countPurged(database, logId, query);
  const page = rows.slice(0, query.limit);
  const last = page.at(-1);
  return {
    events: page.map(toEventText),
    total: Math.min(total, totalMax),
    totalIsCapped: total > totalMax,
    purged,
    nextCursor:
      rows.length > query.limit && last !== undefined
        ? writeCursor(query.order, Number(last.sequence))
        : null,
  };
}

function selectPage(database: Database, logId: string, query: RecordQuery): Promise<RecordRow[]> {
  const { conditions, parameters } = filterConditions(logId, query);
  conditions.push('record is not null');
  if (query.after !== undefined) {
    parameters.push(query.after);
    conditions.push(`sequence ${query.order === 'asc' ? '>' : '<'} $${parameters.length}`);
  }
  parameters.push(query.limit + 1, query.offset);
  return database.query<RecordRow>(
    `select
       sequence::text as sequence,
       record::text as record,
       encode(event_hash, 'hex') as event_hash,
       to_char(event_timestamp at time zone 'UTC', 'YYYY-MM-DD') as event_date,
       exists (
         select from audit.holds
         where holds.log_id = records.log_id
           and holds.correlation_id = records.correlation_id
           and holds.released_sequence is null
       ) as legal_hold,
       (
         select json_agg(json_build_object('pointer', pointer, 'disclosure', disclosure))::text
         from audit.disclosures
         where disclosures.log_id = records.log_id and disclosures.sequence = records.sequence
       ) as disclosures
     from ${sourceOf(query, false)} as records
     where ${conditions.join(' and ')}
     order by records.sequence ${query.order}
     limit $${parameters.length - 1} offset $${parameters.length}`,
    parameters,
  );
}

async function countMatches(database: Database, logId: string, query: RecordQuery): Promise<number> {
  const { conditions, parameters } = filterConditions(logId, query);
  conditions.push('record is not null');
  // Nothing but a correlation needs the leaves.
  const source = query.equals.correlation_id === undefined ? 'audit.contents' : 'audit.records';
  const [row] = await database.query<{ total: number }>(
    `select count(*)::integer as total
     from (select 1 from ${source} as records where ${conditions.join(' and ')} limit ${totalMax + 1}) as matches`,
    parameters,
  );
  return row?.total ?? 0;
}

const countPurgedRecords = readQuery('count-purged');

async function countPurged(database: Database, logId: string, query: RecordQuery): Promise<number> {
  const correlationId = query.equals.correlation_id;
  if (correlationId === undefined) return 0;
  const [row] = await database.query<{ purged: number }>(countPurgedRecords, [logId, correlationId]);
  return row?.purged ?? 0;
}

function toEventText(row: RecordRow): string {
  const disclosures = readDisclosures(row.disclosures);
  const record = revealPersonalData(row.record, disclosures);
  const erased = disclosures.filter(({ disclosure }) => disclosure === null).map(({ pointer }) => pointer);
  return (
    `${record.slice(0, -1)},"event_hash":"${row.event_hash}","legal_hold":${row.legal_hold},` +
    `"event_date":"${row.event_date}"${erased.length === 0 ? '' : `,"erased_members":${JSON.stringify(erased)}`}}`
  );
}
