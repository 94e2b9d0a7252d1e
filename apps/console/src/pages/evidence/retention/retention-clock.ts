import type { AuditRecord, RetentionPolicy } from '@audit/schema';

/** When the oldest record of a category expires. */
export interface RetentionRow {
  readonly category: string;
  readonly days: number;
  /** Whether the category has a period of its own. */
  readonly isOwn: boolean;
  /** Whether its records never expire, whatever the policy says. */
  readonly isKept?: boolean;
  /** RFC 3339; undefined when the log has no record of the category. */
  readonly oldestAt?: string | undefined;
  /** When the oldest expires: from then on a purge may take it, within 31 days. Undefined where nothing ever does. */
  readonly expiresAt?: string | undefined;
}

const dayMs = 86_400_000;

// What tells of holds, purges and exports is kept for ever.
const keptCategory = 'datastorage';

/**
 * Reckons for each category how long it is kept and when its oldest record expires: the period counts from when it happened or was
 * stored, whichever is later, and a record's own period comes before that of its category.
 */
export function retentionRows(
  policy: RetentionPolicy,
  oldest: ReadonlyMap<
    string,
    Pick<AuditRecord, 'event_timestamp' | 'received_at' | 'retention_days'> | undefined
  >,
): RetentionRow[] {
  const own = new Map(
    policy.category_retention_days.map(({ event_category, retention_days }) => [
      event_category,
      retention_days,
    ]),
  );
  const categories = [...new Set([...oldest.keys(), ...own.keys()])].toSorted();
  return categories.map((category) => {
    const days = own.get(category) ?? policy.default_retention_days;
    const row = { category, days, isOwn: own.has(category) };
    const record = oldest.get(category);
    if (record === undefined) return row;
    if (category === keptCategory) return { ...row, oldestAt: record.event_timestamp, isKept: true };
    const from = Math.max(Date.parse(record.event_timestamp), Date.parse(record.received_at));
    const expires = from + (record.retention_days ?? days) * dayMs;
    return {
      ...row,
      oldestAt: record.event_timestamp,
      expiresAt: new Date(expires).toISOString(),
    };
  });
}
