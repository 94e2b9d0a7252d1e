import type { Queryable } from '../store/database.ts';
import { readQuery } from '../store/sql.ts';

const describeQuery = readQuery('describe-correlation');

/** Whose records a correlation has. */
export interface CorrelationContents {
  readonly hasRecords: boolean;
  /** Whether some of them, purged ones included, are of producers and not of the service itself. */
  readonly hasProducers: boolean;
}

/** Tells whose records a correlation has. */
export async function describeCorrelation(
  database: Queryable,
  logId: string,
  correlationId: string,
): Promise<CorrelationContents> {
  const [row] = await database.query<{ has_records: boolean; has_producers: boolean }>(describeQuery, [
    logId,
    correlationId,
  ]);
  return { hasRecords: row?.has_records === true, hasProducers: row?.has_producers === true };
}
