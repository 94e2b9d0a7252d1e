import { type PurgedRecords, retentionPurged } from '@audit/datastorage/server';
import type { OwnEventWriter } from '../own-events/own-event-writer.ts';
import type { Database } from '../store/database.ts';
import { readQuery } from '../store/sql.ts';
import {
  countOf,
  findPurgeablePartitions,
  notePeriods,
  type PurgeablePartition,
  partitionPatienceDays,
} from './purgeable-partitions.ts';
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
 * Purges the records whose retention period is over, oldest first: whole partitions, then the others, one event a
 * partition or a batch. Held records stay.
 * @returns the number of records purged
 */
export async function purgeExpired(options: PurgeOptions): Promise<number> {
  const whole = await purgePartitions(options);
  if (whole.outcome === 'refused') return whole.purged;
  return whole.purged + (await purgeSingly(options));
}

interface WholePurge {
  readonly purged: number;
  readonly outcome: 'done' | 'refused';
}

// One that is refused is being read, or came under hold since it was found. It is left to the next run, and what may
// still go with it whole is not purged row by row meanwhile.
async function purgePartitions(options: PurgeOptions): Promise<WholePurge> {
  const { database, logId, now } = options;
  await notePeriods(database, logId);
  let purged = 0;
  for (const partition of await findPurgeablePartitions(database, logId, now())) {
    if (options.isStopping?.() === true) break;
    if (!(await purge(partition, await readRetentionPolicy(database), options)))
      return { purged, outcome: 'refused' };
    purged += countOf(partition);
  }
  return { purged, outcome: 'done' };
}

async function purgeSingly(options: PurgeOptions): Promise<number> {
  const waiting = await findPurgeablePartitions(
    options.database,
    options.logId,
    options.now() + partitionPatienceDays * millisecondsPerDay,
  );
  let purged = 0;
  let after = -1;
  let refusals = 0;
  while (options.isStopping?.() !== true) {
    const policy = await readRetentionPolicy(options.database);
    const sequences = await expiredAfter(after, policy, waiting, options);
    const last = sequences.at(-1);
    if (last === undefined) break;
    if (await purge({ sequences }, policy, options)) {
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
  waiting: readonly PurgeablePartition[],
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
    waiting.map(({ partition }) => partition.first_sequence),
    waiting.map(({ partition }) => partition.last_sequence),
  ]);
  return rows.map((row) => Number(row.sequence));
}

async function purge(
  purged: PurgedRecords,
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
    retentionPurged({ logId, purged, defaultRetentionDays, categoryRetentionDays }),
  );
  return outcome === 'recorded';
}
