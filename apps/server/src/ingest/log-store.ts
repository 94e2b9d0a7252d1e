import { readDisclosures } from '../record/read-disclosures.ts';
import type { Queryable } from '../store/database.ts';
import { quoteLiteral } from '../store/quote-literal.ts';
import { readQuery } from '../store/sql.ts';
import type { LogEnd, StoredLog } from './log-view.ts';
import type { StoredEvent } from './plan-commit.ts';

const queries = {
  openLog: readQuery('open-log'),
  readLog: readQuery('read-log'),
  lockLog: readQuery('lock-log'),
  findEvents: readQuery('find-events'),
  findHeads: readQuery('find-heads'),
};

interface LogRow extends Record<string, unknown> {
  readonly size: string;
  readonly last_event_hash: string;
  /** Empty until a server has opened the log. */
  readonly frontier: string | null;
  readonly checkpoint: string | null;
}

/** Creates a log when it is not there yet. */
export async function openLog(database: Queryable, logId: string): Promise<void> {
  await database.query(queries.openLog, [logId]);
}

/** Tells where a log ends. */
export async function readLog(database: Queryable, logId: string): Promise<StoredLog> {
  return toStoredLog(await database.query<LogRow>(queries.readLog, [logId]), logId);
}

/** Takes the log's writer lock until the transaction ends, and tells where the log ends. */
export async function lockLog(transaction: Queryable, logId: string): Promise<StoredLog> {
  return toStoredLog(await transaction.query<LogRow>(queries.lockLog, [logId]), logId);
}

/** A move of a log's end. */
export interface LogMove {
  readonly from: LogEnd;
  readonly to: LogEnd;
  /** Right edge of the tree at the new end. */
  readonly frontier: string;
  /** Signed checkpoint over that tree. */
  readonly checkpoint: string;
  /** Public key it is signed with. */
  readonly key: string;
}

/** Writes the statement that takes the log's writer lock until the transaction ends, or fails when the log ends elsewhere. */
export function expectEnd(logId: string, { size, lastEventHash }: LogEnd): string {
  return `select audit.expect_end(${quoteLiteral(logId)}, ${size}, ${quoteLiteral(lastEventHash)})`;
}

/** Writes the statement that moves a log's end, or fails when the log ends elsewhere or has another key. */
export function moveEnd(logId: string, { from, to, frontier, checkpoint, key }: LogMove): string {
  const ends = [from, to].map(({ size, lastEventHash }) => `${size}, ${quoteLiteral(lastEventHash)}`);
  const tree = `'\\x${frontier}', ${quoteLiteral(checkpoint)}, ${quoteLiteral(key)}`;
  return `select audit.move_end(${quoteLiteral(logId)}, ${ends.join(', ')}, ${tree})`;
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

function toStoredLog([row]: readonly LogRow[], logId: string): StoredLog {
  if (row === undefined || row.frontier === null || row.checkpoint === null) {
    throw new Error(`log ${logId} does not exist: open it first`);
  }
  const { size, last_event_hash: lastEventHash, frontier, checkpoint } = row;
  return { size: Number(size), lastEventHash, frontier, checkpoint };
}
