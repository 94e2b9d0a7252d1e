import { linesOfCopy } from '../store/copy-lines.ts';
import type { Database } from '../store/database.ts';
import { quoteLiteral } from '../store/quote-literal.ts';

/** A stretch of a log. */
export interface LineRange {
  readonly begin: number;
  /** Position after the last. */
  readonly end: number;
}

// What is read at once: records have up to 256 KiB, most of them one or two.
const windowBytes = 1_048_576;
const firstWindow = 64;
const windowMax = 512;
const growthMax = 4;

/**
 * Reads every record of a stretch as lines of JSON Lines, personal data withheld. The bytes go from the database to the
 * reader as they are; the next ones are on their way while these are taken. As with batches of rows, neither connection nor
 * snapshot is held while the reader is slow.
 */
export async function* readLines(
  database: Database,
  logId: string,
  { begin, end }: LineRange,
): AsyncGenerator<Buffer> {
  let width = firstWindow;
  let from = begin;
  let coming = read(database, logId, { begin, end: Math.min(begin + width, end) });
  while (from < end) {
    const lines = await coming;
    from = Math.min(from + width, end);
    width = nextWidth(width, lines.length);
    if (from < end) coming = read(database, logId, { begin: from, end: Math.min(from + width, end) });
    yield lines;
  }
}

function read(database: Database, logId: string, range: LineRange): Promise<Buffer> {
  const lines = readRange(database, logId, range);
  // Whoever asks for them is told of a failure; a reader that has gone asks no more.
  lines.catch(() => {});
  return lines;
}

// Where no record is missing, none was purged: their contents are all there is to read, and cost half as much.
async function readRange(database: Database, logId: string, range: LineRange): Promise<Buffer> {
  const present = linesOfCopy(await database.copyOut(presentRecords(logId, range)));
  if (present.count === range.end - range.begin) return present.bytes;
  return linesOfCopy(await database.copyOut(allRecords(logId, range))).bytes;
}

/** Number of records to read next, from the bytes that the last ones had. */
function nextWidth(width: number, bytes: number): number {
  const fitting = Math.floor((windowBytes * width) / Math.max(bytes, 1));
  return Math.max(1, Math.min(fitting, width * growthMax, windowMax));
}

// As many leaves as contents: each of them has its own.
function presentRecords(logId: string, range: LineRange): string {
  const condition = within(logId, range);
  return `select record::text from audit.contents
     where ${condition} and (select count(*) from audit.leaves where ${condition}) = ${range.end - range.begin}
     order by sequence`;
}

// A purged record in the form that evidence packs have, so that one verifier reads both.
function allRecords(logId: string, range: LineRange): string {
  return `select coalesce(
       record::text,
       format('#purged {"sequence":%s,"event_hash":"%s","by_sequence":%s}', sequence, encode(event_hash, 'hex'), purged_by)
     )
     from audit.records
     where ${within(logId, range)}
     order by sequence`;
}

function within(logId: string, { begin, end }: LineRange): string {
  return `log_id = ${quoteLiteral(logId)} and sequence >= ${begin} and sequence < ${end}`;
}
