import type { Database, Queryable } from '../store/database.ts';
import { readQuery } from '../store/sql.ts';

/** Records from one sequence to another, both included. */
interface SequenceRange {
  readonly first_sequence: number;
  readonly last_sequence: number;
}

/** A partition that can be purged whole. */
export interface PurgeablePartition {
  readonly partition: SequenceRange;
  /** What a purge of it purges: all but the server's own events and what was purged before. */
  readonly ranges: readonly SequenceRange[];
}

/**
 * Days that an expired record waits for the last of its full partition to expire, so that they go together. About what a
 * partition lasts: with less, nearly every record would go alone before its partition can go whole.
 */
export const partitionPatienceDays = 31;

const queries = {
  note: readQuery('note-periods'),
  find: readQuery('find-purgeable-partitions'),
};

/** Notes of partitions that have become full when their records expire; only then they can be found. */
export async function notePeriods(database: Database, logId: string): Promise<void> {
  await database.transaction(async (transaction) => {
    // It reads each partition once, from end to end, however large.
    await transaction.execute('set local statement_timeout = 0');
    await transaction.query(queries.note, [logId]);
  });
}

/** Finds the partitions whose records are all expired at a time and not held, oldest first. */
export async function findPurgeablePartitions(
  database: Queryable,
  logId: string,
  time: number,
): Promise<PurgeablePartition[]> {
  const rows = await database.query<{ first_sequence: string; last_sequence: string; ranges: string }>(
    queries.find,
    [logId, new Date(time).toISOString()],
  );
  return rows.map((row) => ({
    partition: { first_sequence: Number(row.first_sequence), last_sequence: Number(row.last_sequence) },
    // The database writes them in the form of the contract.
    ranges: JSON.parse(row.ranges) as SequenceRange[],
  }));
}

/** Tells how many records a purge of a partition purges. */
export function countOf({ ranges }: PurgeablePartition): number {
  return ranges.reduce(
    (sum, { first_sequence, last_sequence }) => sum + last_sequence - first_sequence + 1,
    0,
  );
}
