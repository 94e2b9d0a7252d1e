import { filterConditions, sourceOf } from '../query/filter-conditions.ts';
import type { Database } from '../store/database.ts';
import { readQuery } from '../store/sql.ts';
import type { ExportQuery } from './export-query.ts';

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
}

/** An export that has begun: its first records could be read. */
export interface OpenExport {
  readonly logId: string;
  /** Number of records of the log when the export began. */
  readonly size: number;
  /** Position after the last that is exported. */
  readonly end: number;
  /** The records in their order; whoever stops reading stops the statements. */
  readonly batches: AsyncIterable<readonly ExportRow[]>;
}

// What an export holds in memory: records have up to 256 KiB.
const batchRecords = 256;
// Bounds the time of a statement whose filter matches next to nothing.
const windowSequences = 65_536;

const readLog = readQuery('read-log');

/**
 * Begins an export up to the size that the log has now. Between two batches it holds neither connection nor snapshot: a
 * slow reader must not keep the database from its work, and records below a size never change but by a purge.
 */
export async function openExport(database: Database, logId: string, query: ExportQuery): Promise<OpenExport> {
  const [log] = await database.query<{ size: string }>(readLog, [logId]);
  const size = Number(log?.size ?? 0);
  const end = Math.min((query.toSequence ?? size) + 1, size);
  const batches = readBatches(database, logId, { ...query, end });
  const first = await batches.next();
  return { logId, size, end, batches: first.done === true ? batches : startingWith(first.value, batches) };
}

async function* startingWith<Item>(first: Item, others: AsyncIterable<Item>): AsyncGenerator<Item> {
  yield first;
  yield* others;
}

async function* readBatches(
  database: Database,
  logId: string,
  query: ExportQuery & { readonly end: number },
): AsyncGenerator<readonly ExportRow[]> {
  for (let from = query.fromSequence; from < query.end; ) {
    const to = Math.min(from + windowSequences, query.end);
    const rows = await selectBatch(database, logId, { ...query, fromSequence: from, end: to });
    yield rows;
    const last = rows.length < batchRecords ? undefined : rows.at(-1);
    from = last === undefined ? to : Number(last.sequence) + 1;
  }
}

function selectBatch(
  database: Database,
  logId: string,
  query: ExportQuery & { readonly end: number },
): Promise<ExportRow[]> {
  const { conditions, parameters } = filterConditions(logId, query);
  parameters.push(query.fromSequence, query.end);
  conditions.push(`sequence >= $${parameters.length - 1}`, `sequence < $${parameters.length}`);
  return database.query<ExportRow>(
    `select
       sequence::text as sequence,
       record::text as record,
       encode(event_hash, 'hex') as event_hash,
       event_id::text as event_id,
       correlation_id,
       purged_by::text as purged_by
     from ${sourceOf(query, true)} as records
     where ${conditions.join(' and ')}
     order by records.sequence
     limit ${batchRecords}`,
    parameters,
  );
}
