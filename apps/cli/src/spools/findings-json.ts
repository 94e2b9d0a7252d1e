import { basename } from 'node:path';
import { summariseEvent } from '../event-summary.ts';
import type { SpoolFindings, WaitingEntry } from './find-out.ts';
import { inspectionJson } from './inspection-json.ts';

/**
 * Describes findings for machines.
 * @param entriesMax how many entries were asked for; without it there is no member `entries_shown`
 */
export function findingsJson(
  { inspection, entries, first, last }: SpoolFindings,
  entriesMax?: number,
): Readonly<Record<string, unknown>> {
  return {
    ...inspectionJson(inspection),
    cursor: inspection.cursor,
    acknowledged_below: inspection.firstSequence,
    damage: inspection.damage.map((damage) => ({
      kind: damage.kind,
      file: basename(damage.path),
      ranges: damage.ranges,
      bytes: damage.bytes,
      entries: damage.entries,
    })),
    first_entry: entryJson(first),
    last_entry: entryJson(last),
    ...(entriesMax !== undefined && { entries_shown: entries.map(entryJson) }),
  };
}

function entryJson(entry: WaitingEntry | undefined): Readonly<Record<string, unknown>> | null {
  if (entry === undefined) return null;
  const { sequence, key, text, appendedAt } = entry;
  return { sequence, key, appended_at: appendedAt, ...summariseEvent(text), text };
}
