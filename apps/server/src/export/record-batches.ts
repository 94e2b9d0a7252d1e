import { filterConditions, type RecordSource, sourceOf } from '../query/filter-conditions.ts';
import type { RecordFilter } from '../query/record-query.ts';
import type { Database } from '../store/database.ts';
import type { DisclosureChoice } from './export-query.ts';

/** A record as an export needs it. */
export interface ExportRow extends Record<string, unknown> {
  readonly sequence: string;
  /** Exact text; null when it was purged. */
  readonly record: string | null;
  readonly event_hash: string;
  readonly event_id: string;
  readonly correlation_id: string;
  /** Position of the record of the purge. */
  readonly purged_by: string | null;
  /** Its personal data as a JSON array; null when there is none or it is withheld. */
  readonly disclosures: string | null;
}

/** Which records to read, and what of them. */
export interface BatchQuery extends RecordFilter {
  readonly begin: number;
  /** Position after the last. */
  readonly end: number;
  readonly disclosures: DisclosureChoice;
}

// What an export holds in memory: records have up to 256 KiB.
const batchRecords = 256;
// Bounds the time of a statement whose filter matches next to nothing.
const windowSequences = 65_536;

/**
 * Reads records in their order. Between two batches it holds neither connection nor snapshot: a slow reader must not keep
 * the database from its work, and records below a size never change but by a purge.
 */
export async function* readBatches(
  database: Database,
  logId: string,
  query: BatchQuery,
): AsyncGenerator<readonly ExportRow[]> {
  for (let from = query.begin; from < query.end; ) {
    const to = Math.min(from + windowSequences, query.end);
    const rows = await selectWindow(database, logId, { ...query, begin: from, end: to });
    yield rows;
    const last = rows.length < batchRecords ? undefined : rows.at(-1);
    from = last === undefined ? to : Number(last.sequence) + 1;
  }
}

/** Reads the records of some sequences, which ascend. */
export async function* readChosenBatches(
  database: Database,
  logId: string,
  {
    sequences,
    disclosures,
  }: { readonly sequences: readonly number[]; readonly disclosures: DisclosureChoice },
): AsyncGenerator<readonly ExportRow[]> {
  for (let at = 0; at < sequences.length; at += batchRecords) {
    const parameters = [logId, sequences.slice(at, at + batchRecords)];
    const conditions = ['log_id = $1', 'sequence = any ($2::bigint[])'];
    yield await database.query<ExportRow>(statement('audit.records', conditions, disclosures), parameters);
  }
}

function selectWindow(database: Database, logId: string, query: BatchQuery): Promise<ExportRow[]> {
  const { conditions, parameters } = filterConditions(logId, query);
  parameters.push(query.begin, query.end);
  conditions.push(`sequence >= $${parameters.length - 1}`, `sequence < $${parameters.length}`);
  const text = statement(sourceOf(query, true), conditions, query.disclosures);
  return database.query<ExportRow>(text, parameters);
}

const disclosed = `(
       select json_agg(json_build_object('pointer', pointer, 'disclosure', disclosure) order by pointer)::text
       from audit.disclosures
       where disclosures.log_id = records.log_id and disclosures.sequence = records.sequence
     )`;

function statement(
  source: RecordSource,
  conditions: readonly string[],
  disclosures: DisclosureChoice,
): string {
  return `select
       sequence::text as sequence,
       record::text as record,
       encode(event_hash, 'hex') as event_hash,
       event_id::text as event_id,
       correlation_id,
       purged_by::text as purged_by,
       ${disclosures === 'included' ? disclosed : 'null'} as disclosures
     from ${source} as records
     where ${conditions.join(' and ')}
     order by records.sequence
     limit ${batchRecords}`;
}
