import { leafHash, MerkleFrontier, verifyCheckpoint } from '@audit/integrity';
import type { Database } from '../store/database.ts';

/**
 * Checks the stored checkpoint as an outsider would: signed by a key, over a tree that is computed anew from the bytes of
 * the records. Of a purged record the hash is taken.
 * @returns the number of records
 */
export async function checkTree(database: Database, key: string): Promise<number> {
  const [log] = await database.query<{ checkpoint: string }>('select checkpoint from audit.logs');
  const rows = await database.query<{ record: string | null; event_hash: string }>(
    "select record::text as record, encode(event_hash, 'hex') as event_hash from audit.records order by sequence",
  );
  const tree = new MerkleFrontier();
  for (const { record, event_hash } of rows) tree.append(record === null ? event_hash : leafHash(record));
  const report = await verifyCheckpoint(log?.checkpoint ?? '', { keys: [key] });
  const { size, root } = report.checkpoint ?? {};
  if (report.failure !== undefined) throw new Error(report.failure.message);
  if (size !== tree.size || root !== tree.root()) {
    throw new Error(
      `checkpoint over ${size} records with root ${root}: ${tree.size} records have ${tree.root()}`,
    );
  }
  return size;
}
