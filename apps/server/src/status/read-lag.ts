import type { AuditStatus } from '@audit/schema';
import type { Database } from '../store/database.ts';
import { readQuery } from '../store/sql.ts';

const query = readQuery('read-lag');

/** How late the newest records came. */
export type Lag = NonNullable<AuditStatus['log']>['lag'];

/** Reads how late the newest records of a log came. */
export async function readLag(database: Database, logId: string): Promise<Lag> {
  const [row] = await database.query<Lag & Record<string, unknown>>(query, [logId]);
  return row ?? { records: 0, median_ms: null, max_ms: null };
}
