import type { LogKeyPeriod } from '@audit/integrity';
import type { Queryable } from '../store/database.ts';
import { readQuery } from '../store/sql.ts';

const queries = { addFirstKey: readQuery('add-first-key'), readLogKeys: readQuery('read-log-keys') };

/** A key of a log and the sizes of the trees that it signs. */
export type LogKey = LogKeyPeriod & { readonly from: number };

/** Lists the keys of a log, oldest first; the last one is in use. */
export async function readLogKeys(database: Queryable, logId: string): Promise<LogKey[]> {
  const rows = await database.query<{ first_size: string; verifier_key: string }>(queries.readLogKeys, [
    logId,
  ]);
  return rows.map(({ first_size, verifier_key: key }, at) => {
    const from = Number(first_size);
    const next = rows[at + 1];
    return next === undefined ? { key, from } : { key, from, until: Number(next.first_size) - 1 };
  });
}

/** Makes a key the log's first; nothing happens when it has one. */
export async function addFirstKey(database: Queryable, logId: string, key: string): Promise<void> {
  await database.query(queries.addFirstKey, [logId, key]);
}
