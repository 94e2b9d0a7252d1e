import type { AuditRecord } from '@audit/schema';
import pc from 'picocolors';
import { type TimelineRow, toTimelineRows } from './timeline-row.ts';

/** Options of {@link renderTimeline}. */
export interface TimelineOptions {
  /** Whether to write terminal colours; default false. */
  readonly color?: boolean;
  /** Characters of a line; when one would be longer, what is new goes under each event. Default unlimited. */
  readonly width?: number;
}

/**
 * Draws the records of one correlation as aligned text, an event per line in the order given, which should be that of
 * the log. The mark behind a hash says whether the record names the hash of the one before it; the hashes themselves
 * are not computed. Text of the events cannot reach the terminal as anything but text.
 */
export function renderTimeline(records: readonly AuditRecord[], options: TimelineOptions = {}): string {
  const { color = false, width = Number.POSITIVE_INFINITY } = options;
  const colors = pc.createColors(color);
  const rows = toTimelineRows(records);
  const layout = columns.map((column) => ({ ...column, chars: charsOf(column, rows) }));
  const leftChars = layout.reduce((sum, { chars }) => sum + chars + gap.length, 0);
  const isNewsBeside = rows.every(({ news }) => leftChars + news.length <= width);
  const header = layout.map(({ title, chars, align }) => pad(title, chars, align));
  const lines = rows.flatMap((row) => {
    const cells = layout.map(({ read, chars, align, paint }) =>
      paint(colors, row)(pad(read(row), chars, align)),
    );
    if (isNewsBeside) return [[...cells, row.news].join(gap)];
    return row.news === '' ? [cells.join(gap)] : [cells.join(gap), `${newsIndent}${row.news}`];
  });
  const title = (isNewsBeside ? [...header, 'WHAT IS NEW'] : header).join(gap);
  return [colors.dim(title.trimEnd()), ...lines].map((line) => `${line.trimEnd()}\n`).join('');
}

const gap = '  ';
const newsIndent = ' '.repeat(8);

type Colors = ReturnType<typeof pc.createColors>;

interface Column {
  readonly title: string;
  readonly align: 'left' | 'right';
  readonly read: (row: TimelineRow) => string;
  readonly paint: (colors: Colors, row: TimelineRow) => (text: string) => string;
}

const columns: readonly Column[] = [
  { title: 'OFFSET', align: 'right', read: (row) => row.offset, paint: (colors) => colors.bold },
  { title: 'TIME (UTC)', align: 'left', read: (row) => row.time, paint: (colors) => colors.dim },
  { title: 'EVENT', align: 'left', read: (row) => row.event, paint: (colors) => colors.cyan },
  { title: 'OUTCOME', align: 'left', read: (row) => row.outcome, paint: paintOutcome },
  { title: 'SEQ', align: 'right', read: (row) => row.sequence, paint: (colors) => colors.dim },
  { title: 'HASH', align: 'left', read: (row) => row.hash, paint: (colors) => colors.dim },
  { title: 'CHAIN', align: 'left', read: (row) => (row.isLinked ? '✓' : '✗ broken'), paint: paintLink },
];

function paintOutcome(colors: Colors, { outcome }: TimelineRow): (text: string) => string {
  return { success: colors.green, failure: colors.red, pending: colors.yellow }[outcome];
}

function paintLink(colors: Colors, { isLinked }: TimelineRow): (text: string) => string {
  return isLinked ? colors.green : colors.red;
}

function charsOf({ title, read }: Column, rows: readonly TimelineRow[]): number {
  return rows.reduce((chars, row) => Math.max(chars, read(row).length), title.length);
}

function pad(text: string, chars: number, align: Column['align']): string {
  return align === 'left' ? text.padEnd(chars) : text.padStart(chars);
}
