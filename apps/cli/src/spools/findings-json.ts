import type { SpoolInspection } from '@audit/spool';
import { summariseEvent } from '../event-summary.ts';
import { damagePlaces } from './damage-place.ts';
import { inspectionJson } from './inspection-json.ts';
import type { Waiting, WaitingEntry } from './read-waiting.ts';

/** What was found out about a spool. */
export interface SpoolFindings {
  readonly inspection: SpoolInspection;
  readonly waiting: Waiting;
}

/**
 * Describes findings for machines.
 * @param entriesMax how many entries were asked for; without it there is no member `entries_shown`
 */
export function findingsJson(
  { inspection, waiting }: SpoolFindings,
  entriesMax?: number,
): Readonly<Record<string, unknown>> {
  return {
    ...inspectionJson(inspection),
    acknowledged_below: waiting.acknowledgedBelow,
    damage: damagePlaces(inspection, waiting).map(({ damage, file, offsets }) => ({
      kind: damage.kind,
      file,
      offsets,
      bytes: damage.bytes,
      entries: damage.entries,
    })),
    first_entry: entryJson(waiting.first),
    last_entry: entryJson(waiting.last),
    ...(entriesMax !== undefined && { entries_shown: waiting.entries.map(entryJson) }),
  };
}

function entryJson(entry: WaitingEntry | undefined): Readonly<Record<string, unknown>> | null {
  if (entry === undefined) return null;
  const { sequence, key, text, appendedAt } = entry;
  return { sequence, key, appended_at: appendedAt, ...summariseEvent(text), text };
}
