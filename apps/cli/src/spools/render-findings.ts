import type { SpoolInspection } from '@audit/spool';
import { summariseEvent } from '../event-summary.ts';
import { renderMembers } from '../output/members.ts';
import { countOf, formatAge, formatBytes, formatCount } from '../output/quantities.ts';
import { type Column, renderTable } from '../output/table.ts';
import { type DamagePlace, damageMeanings, damagePlaces, isLoss } from './damage-place.ts';
import { describeHolder } from './describe-holder.ts';
import type { SpoolFindings } from './findings-json.ts';
import type { Waiting, WaitingEntry } from './read-waiting.ts';

/** Options of {@link renderFindings}. */
export interface FindingsDisplay {
  /** Milliseconds since 1970. */
  readonly nowMs: number;
  readonly hasColors: boolean;
}

/** Describes findings for a person. */
export function renderFindings(findings: SpoolFindings, display: FindingsDisplay): string {
  const { inspection, waiting } = findings;
  const places = damagePlaces(inspection, waiting);
  const entries = entriesToShow(waiting);
  return [
    renderMembers(membersOf(findings, display.nowMs)),
    places.length === 0 ? '' : renderTable(damageColumns, places, display.hasColors),
    entries.length === 0 ? '' : renderTable(entryColumns, entries, display.hasColors),
  ]
    .filter((part) => part !== '')
    .join('\n');
}

function membersOf({ inspection, waiting }: SpoolFindings, nowMs: number): Readonly<Record<string, string>> {
  return {
    spool: inspection.directory,
    'held by': describeHolder(inspection),
    waiting: describeWaiting(inspection, nowMs),
    cursor: describeCursor(inspection, waiting),
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

function describeCursor({ damage }: SpoolInspection, { acknowledgedBelow }: Waiting): string {
  return damage.some(({ kind }) => kind === 'cursor')
    ? 'damaged'
    : `everything below ${acknowledgedBelow} is delivered or dead`;
}

/** Those that were asked for; else the first and the last one. */
function entriesToShow({ entries, first, last }: Waiting): readonly WaitingEntry[] {
  if (entries.length > 0) return entries;
  const ends = [first, last].filter((entry) => entry !== undefined);
  return ends.filter(({ sequence }, index) => index === 0 || sequence !== first?.sequence);
}

const damageColumns: readonly Column<DamagePlace>[] = [
  { title: 'DAMAGED FILE', read: ({ file }) => file, isAlarm: ({ damage }) => isLoss(damage) },
  {
    title: 'OFFSET',
    align: 'right',
    read: ({ offsets }) => (offsets.length === 0 ? '-' : offsets.join(' ')),
  },
  { title: 'BYTES', align: 'right', read: ({ damage }) => formatCount(damage.bytes) },
  { title: 'EVENTS LOST', align: 'right', read: ({ damage }) => formatCount(damage.entries) },
  { title: 'WHAT', read: ({ damage }) => damageMeanings[damage.kind] },
];

const entryColumns: readonly Column<WaitingEntry>[] = [
  { title: 'SEQUENCE', align: 'right', read: ({ sequence }) => String(sequence) },
  { title: 'TIME', read: ({ appendedAt, text }) => summariseEvent(text).event_timestamp ?? appendedAt },
  { title: 'EVENT TYPE', read: ({ text }) => summariseEvent(text).event_type ?? '-' },
  { title: 'CORRELATION', read: ({ text }) => summariseEvent(text).correlation_id ?? '-' },
  { title: 'EVENT ID', read: ({ key, text }) => summariseEvent(text).event_id ?? key },
];
