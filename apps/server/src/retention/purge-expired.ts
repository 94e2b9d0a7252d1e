import { retentionPurged } from '@audit/datastorage/server';
import type { OwnEventWriter } from '../own-events/own-event-writer.ts';
import type { Database } from '../store/database.ts';
import { readQuery } from '../store/sql.ts';
import { type RetentionPolicy, readRetentionPolicy, shortestDays } from './retention-policy.ts';

/** What {@link purgeExpired} needs. */
export interface PurgeOptions {
  readonly database: Database;
  readonly logId: string;
  readonly ownEvents: OwnEventWriter;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Records of one purge event; at most 1,000, default 500. */
  readonly batchRecords?: number;
  /** Whether to stop after the batch under way. */
  readonly isStopping?: () => boolean;
}

const findExpired = readQuery('find-expired');
const millisecondsPerDay = 86_400_000;
const refusalsMax = 3;

/**
 * Purges the records whose retention period is over, oldest first, one event a batch. Held records stay.
 * @returns the number of records purged
 */
export async function purgeExpired(options: PurgeOptions): Promise<number> {
  let purged = 0;
  let after = -1;
  let refusals = 0;
  while (options.isStopping?.() !== true) {
    const policy = await readRetentionPolicy(options.database);
    const sequences = await expiredAfter(after, policy, options);
    const last = sequences.at(-1);
    if (last === undefined) break;
    if (await purgeBatch(sequences, policy, options)) {
      purged += sequences.length;
      after = last;
      // A record was held, or purged by another process, since it was found: what is to be purged is looked up again.
    } else if (++refusals === refusalsMax) break;
  }
  return purged;
}

async function expiredAfter(
  after: number,
  policy: RetentionPolicy,
  { database, logId, now, batchRecords = 500 }: PurgeOptions,
): Promise<number[]> {
  const time = now();
  const oldest = new Date(time - shortestDays(policy) * millisecondsPerDay).toISOString();
  const rows = await database.query<{ sequence: string }>(findExpired, [
    logId,
    after,
    new Date(time).toISOString(),
    oldest,
    batchRecords,
  ]);
  return rows.map((row) => Number(row.sequence));
}

async function purgeBatch(
  sequences: readonly number[],
  policy: RetentionPolicy,
  { logId, ownEvents }: PurgeOptions,
): Promise<boolean> {
  const categoryRetentionDays = Object.entries(policy.categoryDays).map(
    ([event_category, retention_days]) => ({
      event_category,
      retention_days,
    }),
  );
  const defaultRetentionDays = policy.defaultDays;
  const { outcome } = await ownEvents.record(
    retentionPurged({ logId, sequences, defaultRetentionDays, categoryRetentionDays }),
  );
  return outcome === 'recorded';
}
