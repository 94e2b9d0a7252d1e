import type { Database } from '../store/database.ts';
import { readQuery } from '../store/sql.ts';
import { writeCursor } from './cursor.ts';
import type { RecordQuery } from './record-query.ts';
import { type RecordRow, toEventText } from './record-row.ts';
import { RecordScan, type ScanBounds, type ScanEnd } from './record-scan.ts';

/**
 * The bounds that the contract names. On 200,000 records of 1 KB, examining 50,000 takes 50 ms, and 200 ms when it looks
 * into the payload; an index for each filter would cost every write.
 */
export const defaultScanBounds: ScanBounds = { totalMax: 10_000, examinedMax: 50_000 };

/** One page of a query. */
export interface RecordPage {
  /** The events as JSON texts, ready to be joined. */
  readonly events: readonly string[];
  /** Undefined when the query is not counted. */
  readonly total: RecordTotal | undefined;
  /** Records of the correlation asked for that were purged; 0 when none was asked for. */
  readonly purged: number;
  readonly nextCursor: string | null;
}

/** How many records match, whatever the page. */
export interface RecordTotal {
  readonly matches: number;
  /** Whether more match than that, or could. */
  readonly isCapped: boolean;
}

/** Reads one page of a log. */
export async function readRecords(
  database: Database,
  logId: string,
  query: RecordQuery,
  bounds: ScanBounds = defaultScanBounds,
): Promise<RecordPage> {
  const scan = new RecordScan(database, logId, query, bounds);
  const rows = await scan.page();
  const end = rows.length > query.limit ? undefined : await scan.end(query.after);
  const page = rows.slice(0, query.limit);
  return {
    events: page.flatMap((row) => toEventText(row) ?? []),
    total: query.isCounted === false ? undefined : await totalOf({ scan, query, bounds, rows, end }),
    purged: await countPurged(database, logId, query),
    nextCursor: nextCursor(query, page, end),
  };
}

/** A page as it was read; it has an end when no record follows it within the bounds. */
interface ReadPage {
  readonly scan: RecordScan;
  readonly query: RecordQuery;
  readonly bounds: ScanBounds;
  readonly rows: readonly RecordRow[];
  readonly end: ScanEnd | undefined;
}

function nextCursor(query: RecordQuery, page: readonly RecordRow[], end: ScanEnd | undefined): string | null {
  if (end?.isBounded) return writeCursor(query.order, end.last);
  const last = page.at(-1);
  return end === undefined && last !== undefined ? writeCursor(query.order, Number(last.sequence)) : null;
}

async function totalOf(read: ReadPage): Promise<RecordTotal> {
  const { scan, query, bounds, rows, end } = read;
  // The only page has them all: rare records are not looked for twice.
  if (end !== undefined && query.after === undefined && query.offset === 0) {
    return { matches: rows.length, isCapped: end.isBounded };
  }
  const matches = await scan.count();
  if (matches > bounds.totalMax) return { matches: bounds.totalMax, isCapped: true };
  return { matches, isCapped: (await scan.end(undefined)).isBounded };
}

const countPurgedRecords = readQuery('count-purged');

async function countPurged(database: Database, logId: string, query: RecordQuery): Promise<number> {
  const correlationId = query.equals.correlation_id;
  if (correlationId === undefined) return 0;
  const [row] = await database.query<{ purged: number }>(countPurgedRecords, [logId, correlationId]);
  return row?.purged ?? 0;
}
