import { createHash } from 'node:crypto';
import type { Database } from '../store/database.ts';

interface ChainRow extends Record<string, unknown> {
  readonly sequence: string;
  readonly correlation_id: string;
  readonly event_hash: string;
  /** Empty when it was purged; its hash then still links the chain. */
  readonly record: string | null;
}

/**
 * Checks a log as an outsider would, from the stored bytes alone: dense sequence, hash of every record, one unbroken
 * chain per correlation. Of a purged record only the hash is left, for the record after it to name.
 * @returns the number of records
 */
export async function checkChain(database: Database): Promise<number> {
  const rows = await database.query<ChainRow>(
    `select sequence::text as sequence, correlation_id, encode(event_hash, 'hex') as event_hash, record::text as record
     from audit.records order by records.sequence`,
  );
  const heads = new Map<string, string>();
  rows.forEach((row, index) => {
    assertEqual(Number(row.sequence), index, 'sequence is dense');
    if (row.record === null) {
      heads.set(row.correlation_id, row.event_hash);
      return;
    }
    const members = JSON.parse(row.record) as { sequence: number; previous_event_hash: string };
    const hash = createHash('sha256')
      .update(Buffer.from([0]))
      .update(row.record)
      .digest('hex');
    assertEqual(members.sequence, index, 'record names its sequence');
    assertEqual(row.event_hash, hash, `hash of record ${index}`);
    assertEqual(members.previous_event_hash, heads.get(row.correlation_id) ?? '', `link of record ${index}`);
    heads.set(row.correlation_id, hash);
  });
  return rows.length;
}

function assertEqual(actual: unknown, expected: unknown, what: string): void {
  if (actual !== expected) throw new Error(`${what}: expected ${String(expected)}, found ${String(actual)}`);
}
