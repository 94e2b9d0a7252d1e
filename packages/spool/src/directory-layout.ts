import { Acknowledgements } from './acknowledgements.ts';
import type { Cursor } from './cursor.ts';
import { readCursorSync } from './cursor-file.ts';
import { framesStart, type Segment } from './segment.ts';
import {
  type FoundSegment,
  findEnd,
  findNamelessSegments,
  findSegments,
  toSegments,
} from './segment-files.ts';
import type { SpoolFiles } from './spool-files.ts';

/** What the files of a directory are, as far as headers tell. */
export interface DirectoryLayout {
  /** Segments of this spool, oldest first. */
  readonly own: readonly FoundSegment[];
  /** Segments without an entry; the next one might need their name. */
  readonly empty: readonly FoundSegment[];
  /** Segments of another format or another spool, and such as end within a header that is none. */
  readonly foreign: readonly FoundSegment[];
  /** Files that look like segments but have no number. */
  readonly nameless: readonly string[];
  /** The cursor, when it is one of this spool. */
  readonly cursor: Cursor | 'missing' | 'damaged';
  /** Name of the spool, when a file tells it. */
  readonly spoolId: string | undefined;
}

/** What waits in a directory. */
export interface DirectoryQueue {
  readonly segments: Segment[];
  readonly acknowledgements: Acknowledgements;
  /** Entries that wait. */
  readonly entries: number;
  /** Entries below the first segment that should wait and are gone. */
  readonly missingEntries: number;
  /** Sequence that the next entry gets. */
  readonly next: number;
}

/** Reads headers and cursor, and changes nothing. */
export function readLayout(files: SpoolFiles, directory: string): DirectoryLayout {
  const found = findSegments(files, directory);
  const cursor = readOwnCursor(files, directory, found);
  const spoolId =
    typeof cursor === 'object' ? cursor.spoolId : found.map(idOf).findLast((id) => id !== undefined);
  const roles = Object.groupBy(found, (segment) => roleOf(segment, spoolId));
  return {
    own: roles.own ?? [],
    empty: roles.empty ?? [],
    foreign: roles.foreign ?? [],
    nameless: findNamelessSegments(files, directory),
    cursor,
    spoolId,
  };
}

/** Finds out what waits; looks through the newest segment and no other. */
export function readQueue(
  files: SpoolFiles,
  { cursor, own }: DirectoryLayout,
  lastDeadSequence: number,
): DirectoryQueue {
  const noted = typeof cursor === 'object' ? cursor : undefined;
  const newest = own.at(-1);
  const newestEnd = newest === undefined ? { end: 1, next: 1 } : findEnd(files, newest);
  // Entries that the cursor knows and the newest segment has not were lost with the power.
  const isCutOff = noted !== undefined && noted.next > newestEnd.end;
  const end = isCutOff ? noted.next : newestEnd.end;
  const next = Math.max(end, newestEnd.next, (newest?.first ?? 0) + 1, lastDeadSequence + 1);
  const segments = toSegments(own, end);

  const first = segments[0]?.first ?? end;
  const acknowledgements = new Acknowledgements(noted?.floor ?? first, noted?.beyond ?? []);
  const gone = { from: Math.min(acknowledgements.floor, first), to: first };
  const missingEntries = gone.to - gone.from - acknowledgements.countWithin(gone);
  acknowledgements.skip(gone);
  const entries = Math.max(0, end - first - acknowledgements.countWithin({ from: first, to: end }));
  return { segments, acknowledgements, entries, missingEntries, next };
}

// A cursor of another spool would declare acknowledged what nobody has.
function readOwnCursor(
  files: SpoolFiles,
  directory: string,
  found: readonly FoundSegment[],
): DirectoryLayout['cursor'] {
  const cursor = readCursorSync(files, directory);
  if (typeof cursor === 'string') return cursor;
  const ids = found.map(idOf).filter((id) => id !== undefined);
  return ids.length === 0 || ids.includes(cursor.spoolId) ? cursor : 'damaged';
}

function roleOf(segment: FoundSegment, spoolId: string | undefined): 'own' | 'empty' | 'foreign' {
  const { header, size } = segment;
  if (size === 0 && header !== 'unreadable') return 'empty';
  if (header === 'foreign' || header === 'entryless' || (idOf(segment) ?? spoolId) !== spoolId)
    return 'foreign';
  if (header === 'unreadable' || size > framesStart) return 'own';
  return typeof header === 'object' ? 'empty' : 'foreign';
}

function idOf({ header }: FoundSegment): string | undefined {
  return typeof header === 'object' ? header.spoolId : undefined;
}
