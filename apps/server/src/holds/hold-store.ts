import type { LegalHold } from '@audit/schema';
import type { Queryable, Row } from '../store/database.ts';
import { readQuery } from '../store/sql.ts';

const queries = {
  list: readQuery('list-holds'),
  count: readQuery('count-holds'),
  countHoldable: readQuery('count-holdable'),
};

/** Which holds to read, newest first. */
export interface HoldQuery {
  readonly includeReleased: boolean;
  readonly limit: number;
  /** Sequence of the last hold of the page before. */
  readonly before?: number;
  readonly correlationId?: string;
  /** Event that placed or released the hold. */
  readonly eventId?: string;
}

/** Reads holds, newest first. */
export async function listHolds(database: Queryable, logId: string, query: HoldQuery): Promise<LegalHold[]> {
  const { includeReleased, before = null, correlationId = null, eventId = null, limit } = query;
  const parameters = [logId, includeReleased, before, correlationId, eventId, limit];
  return (await database.query<HoldRow>(queries.list, parameters)).map(toHold);
}

/** Finds the active hold on a correlation. */
export async function findActiveHold(
  database: Queryable,
  logId: string,
  correlationId: string,
): Promise<LegalHold | undefined> {
  const [hold] = await listHolds(database, logId, { includeReleased: false, correlationId, limit: 1 });
  return hold;
}

/**
 * Finds the hold that an event placed or released.
 * @throws {Error} when the event did neither
 */
export async function findHoldOfEvent(
  database: Queryable,
  logId: string,
  eventId: string,
): Promise<LegalHold> {
  const [hold] = await listHolds(database, logId, { includeReleased: true, eventId, limit: 1 });
  if (hold === undefined) throw new TypeError(`event ${eventId} neither placed nor released a hold`);
  return hold;
}

/** Counts holds. */
export async function countHolds(
  database: Queryable,
  logId: string,
  includeReleased: boolean,
): Promise<number> {
  const [row] = await database.query<{ total: number }>(queries.count, [logId, includeReleased]);
  return row?.total ?? 0;
}

/** Counts the producers' records of a correlation that are not purged. */
export async function countHoldable(
  database: Queryable,
  logId: string,
  correlationId: string,
): Promise<number> {
  const [row] = await database.query<{ total: number }>(queries.countHoldable, [logId, correlationId]);
  return row?.total ?? 0;
}

interface HoldRow extends Row {
  readonly placed_sequence: string;
  readonly correlation_id: string;
  readonly placed_by: string;
  readonly placed_at: string;
  readonly reason: string;
  readonly released_sequence: string | null;
  readonly released_by: string | null;
  readonly released_at: string | null;
  readonly release_reason: string | null;
  readonly events_affected: number;
}

function toHold(row: HoldRow): LegalHold {
  const { released_by, released_at, release_reason } = row;
  const isReleased = released_by !== null && released_at !== null && release_reason !== null;
  return {
    correlation_id: row.correlation_id,
    status: isReleased ? 'released' : 'active',
    events_affected: row.events_affected,
    placed_by: row.placed_by,
    placed_at: row.placed_at,
    reason: row.reason,
    placed_sequence: Number(row.placed_sequence),
    ...(isReleased && {
      released_by,
      released_at,
      release_reason,
      released_sequence: Number(row.released_sequence),
    }),
  };
}
