import { basename } from 'node:path';
import type { SpoolDamage, SpoolInspection } from '@audit/spool';
import { summariseEvent } from '../event-summary.ts';
import { renderMembers } from '../output/members.ts';
import { countOf, formatAge, formatBytes, formatCount } from '../output/quantities.ts';
import { type Column, renderTable } from '../output/table.ts';
import { damageMeanings, isLoss } from './damage.ts';
import { describeHolder } from './describe-holder.ts';
import type { SpoolFindings, WaitingEntry } from './find-out.ts';

/** Options of {@link renderFindings}. */
export interface FindingsDisplay {
  /** Milliseconds since 1970. */
  readonly nowMs: number;
  readonly hasColors: boolean;
}

/** Describes findings for a person. */
export function renderFindings(findings: SpoolFindings, display: FindingsDisplay): string {
  const { inspection } = findings;
  const { damage } = inspection;
  const entries = entriesToShow(findings);
  return [
    renderMembers(membersOf(inspection, display.nowMs)),
    damage.length === 0 ? '' : renderTable(damageColumns, damage, display.hasColors),
    entries.length === 0 ? '' : renderTable(entryColumns, entries, display.hasColors),
  ]
    .filter((part) => part !== '')
    .join('\n');
}

function membersOf(inspection: SpoolInspection, nowMs: number): Readonly<Record<string, string>> {
  return {
    spool: inspection.directory,
    'held by': describeHolder(inspection),
    waiting: describeWaiting(inspection, nowMs),
    cursor: describeCursor(inspection),
    'dead letters': formatCount(inspection.deadLetters),
    quarantine: formatBytes(inspection.quarantineBytes),
    damage: inspection.damage.length === 0 ? 'none' : countOf(inspection.damage.length, 'file'),
  };
}

function describeWaiting(inspection: SpoolInspection, nowMs: number): string {
  const { bytes, entries, oldestAppendedAt, segments } = inspection;
  const size = `${countOf(entries, 'event')}, ${formatBytes(bytes)} in ${countOf(segments, 'segment')}`;
  return oldestAppendedAt === undefined
    ? size
    : `${size}, the oldest for ${formatAge(nowMs - Date.parse(oldestAppendedAt))}`;
}

function describeCursor({ cursor, firstSequence }: SpoolInspection): string {
  return cursor === 'intact' ? `everything below ${firstSequence} is delivered or dead` : cursor;
}

/** Those that were asked for; else the first and the last one. */
function entriesToShow({ entries, first, last }: SpoolFindings): readonly WaitingEntry[] {
  if (entries.length > 0) return entries;
  const ends = [first, last].filter((entry) => entry !== undefined);
  return ends.filter(({ sequence }, index) => index === 0 || sequence !== first?.sequence);
}

const damageColumns: readonly Column<SpoolDamage>[] = [
  { title: 'DAMAGED FILE', read: ({ path }) => basename(path), isAlarm: isLoss },
  { title: 'OFFSET', align: 'right', read: offsetsOf },
  { title: 'BYTES', align: 'right', read: ({ bytes }) => formatCount(bytes) },
  { title: 'EVENTS LOST', align: 'right', read: ({ entries }) => formatCount(entries) },
  { title: 'WHAT', read: ({ kind }) => damageMeanings[kind] },
];

// A line holds no more; machines are told all.
const offsetsMax = 5;

function offsetsOf({ ranges }: SpoolDamage): string {
  if (ranges.length === 0) return '-';
  const offsets = ranges.slice(0, offsetsMax).map(({ offset }) => offset);
  const more = ranges.length - offsets.length;
  return `${offsets.join(' ')}${more > 0 ? ` and ${formatCount(more)} more` : ''}`;
}

const entryColumns: readonly Column<WaitingEntry>[] = [
  { title: 'SEQUENCE', align: 'right', read: ({ sequence }) => String(sequence) },
  { title: 'TIME', read: ({ appendedAt, text }) => summariseEvent(text).event_timestamp ?? appendedAt },
  { title: 'EVENT TYPE', read: ({ text }) => summariseEvent(text).event_type ?? '-' },
  { title: 'CORRELATION', read: ({ text }) => summariseEvent(text).correlation_id ?? '-' },
  { title: 'EVENT ID', read: ({ key, text }) => summariseEvent(text).event_id ?? key },
];
