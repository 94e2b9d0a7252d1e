import { readDisclosures } from '../record/read-disclosures.ts';
import type { Queryable } from '../store/database.ts';
import { readQuery } from '../store/sql.ts';
import type { LogEnd } from './log-view.ts';
import type { StoredEvent } from './plan-commit.ts';

const queries = {
  openLog: readQuery('open-log'),
  readLog: readQuery('read-log'),
  lockLog: readQuery('lock-log'),
  advanceLog: readQuery('advance-log'),
  findEvents: readQuery('find-events'),
  findHeads: readQuery('find-heads'),
};

interface LogRow extends Record<string, unknown> {
  readonly size: string;
  readonly last_event_hash: string;
}

/** Creates a log when it is not there yet. */
export async function openLog(database: Queryable, logId: string): Promise<void> {
  await database.query(queries.openLog, [logId]);
}

/** Tells where a log ends. */
export async function readLog(database: Queryable, logId: string): Promise<LogEnd> {
  return toLogEnd(await database.query<LogRow>(queries.readLog, [logId]), logId);
}

/** Takes the log's writer lock until the transaction ends, and tells where the log ends. */
export async function lockLog(transaction: Queryable, logId: string): Promise<LogEnd> {
  return toLogEnd(await transaction.query<LogRow>(queries.lockLog, [logId]), logId);
}

/**
 * Moves a log's end and holds its writer lock until the transaction ends.
 * @returns false when the log does not end where it was believed to
 */
export async function advanceLog(
  transaction: Queryable,
  logId: string,
  from: LogEnd,
  to: LogEnd,
): Promise<boolean> {
  const parameters = [logId, from.size, from.lastEventHash, to.size, to.lastEventHash];
  return (await transaction.query(queries.advanceLog, parameters)).length === 1;
}

/** Finds events by id, whichever log they are in. */
export async function findEvents(
  database: Queryable,
  eventIds: readonly string[],
): Promise<Map<string, StoredEvent>> {
  const rows = await database.query<{ event_id: string; record: string | null; disclosures: string | null }>(
    queries.findEvents,
    [eventIds],
  );
  return new Map(
    rows.map((row) => [row.event_id, { record: row.record, disclosures: readDisclosures(row.disclosures) }]),
  );
}

/** Finds the newest hash of each correlation that has one. */
export async function findHeads(
  database: Queryable,
  logId: string,
  correlationIds: readonly string[],
): Promise<Map<string, string>> {
  const rows = await database.query<{ correlation_id: string; event_hash: string }>(queries.findHeads, [
    logId,
    correlationIds,
  ]);
  return new Map(rows.map((row) => [row.correlation_id, row.event_hash]));
}

function toLogEnd([row]: readonly LogRow[], logId: string): LogEnd {
  if (row === undefined) throw new Error(`log ${logId} does not exist: open it first`);
  return { size: Number(row.size), lastEventHash: row.last_event_hash };
}
