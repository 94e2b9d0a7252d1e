import type { Database, Queryable } from '../store/database.ts';
import { readQuery } from '../store/sql.ts';

/** How long records are kept, in days of 24 hours. */
export interface RetentionPolicy {
  /** Days for every category that is not listed. */
  readonly defaultDays: number;
  /** Days by event category. */
  readonly categoryDays: Readonly<Record<string, number>>;
}

const readPolicy = readQuery('read-retention-policy');
const anyCategory = '*';

/** Reads the policy in force. */
export async function readRetentionPolicy(database: Queryable): Promise<RetentionPolicy> {
  const rows = await database.query<{ event_category: string; retention_days: number }>(readPolicy);
  const days = new Map(rows.map((row) => [row.event_category, row.retention_days]));
  const defaultDays = days.get(anyCategory);
  if (defaultDays === undefined) throw new TypeError('audit.retention_policies has no row for *: add one');
  days.delete(anyCategory);
  return { defaultDays, categoryDays: Object.fromEntries(days) };
}

/**
 * Puts a policy in force in place of the one before; nothing is written when they are the same.
 * @throws {Error} when the database's role may not
 */
export async function applyRetentionPolicy(database: Database, policy: RetentionPolicy): Promise<void> {
  if (isSamePolicy(await readRetentionPolicy(database), policy)) return;
  const rows = { ...policy.categoryDays, [anyCategory]: policy.defaultDays };
  try {
    await database.transaction(async (transaction) => {
      await transaction.execute('delete from audit.retention_policies');
      await transaction.query(
        'insert into audit.retention_policies select key, value::integer from json_each_text($1::json)',
        [JSON.stringify(rows)],
      );
    });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === '42501')) throw error;
    const message =
      'the role of the database may not set the retention policy: set it as the owner of the schema';
    throw new Error(message, { cause: error });
  }
}

/** Days of the shortest period that the policy has. */
export function shortestDays(policy: RetentionPolicy): number {
  return Math.min(policy.defaultDays, ...Object.values(policy.categoryDays));
}

function isSamePolicy(one: RetentionPolicy, other: RetentionPolicy): boolean {
  const sorted = ({ defaultDays, categoryDays }: RetentionPolicy) =>
    JSON.stringify([defaultDays, Object.entries(categoryDays).toSorted()]);
  return sorted(one) === sorted(other);
}
