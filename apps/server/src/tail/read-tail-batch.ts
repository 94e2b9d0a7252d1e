import { filterConditions, sourceOf } from '../query/filter-conditions.ts';
import { type RecordRow, recordColumns } from '../query/record-row.ts';
import type { Database } from '../store/database.ts';
import type { TailQuery } from './tail-query.ts';

/** Records that follow a position, and how far the log was searched for them. */
export interface TailBatch {
  readonly rows: readonly RecordRow[];
  /** Last position that needs no more searching. */
  readonly searched: number;
}

// What a reader holds in memory: records have up to 256 KiB.
const batchRecords = 64;
// Bounds the time of a statement whose filter matches next to nothing.
const windowSequences = 16_384;

/** Reads the next records of a log of a size behind a position. */
export async function readTailBatch(
  database: Database,
  logId: string,
  query: TailQuery,
  { after, size }: { readonly after: number; readonly size: number },
): Promise<TailBatch> {
  const last = Math.min(after + windowSequences, size - 1);
  const { conditions, parameters } = filterConditions(logId, query);
  conditions.push(`sequence > $${parameters.push(after)}`, `sequence <= $${parameters.push(last)}`);
  const rows = await database.query<RecordRow>(
    `select ${recordColumns} from ${sourceOf(query, true)} as records where ${conditions.join(' and ')}
     order by records.sequence limit ${batchRecords}`,
    parameters,
  );
  const end = rows.length < batchRecords ? undefined : rows.at(-1);
  return { rows, searched: end === undefined ? last : Number(end.sequence) };
}
