import { numberOf, textOf } from './seen.ts';
import { sortedJson } from './sorted-json.ts';
import type { TrailGap, TrailStep } from './trail.ts';

/** Finds records that the chain of hashes names and that are not here: purged, filtered out, or never asked for. */
export function findMissingRecords(steps: readonly TrailStep[]): readonly TrailGap[] {
  const records = steps.filter(({ event }) => numberOf(event.sequence) !== undefined);
  const chains = Map.groupBy(records, ({ event }) => sortedJson([event.log_id, event.correlation_id]));
  return [...chains.values()].flatMap((chain) => findBreaks(chain));
}

function findBreaks(chain: readonly TrailStep[]): readonly TrailGap[] {
  const ordered = chain.toSorted((a, b) => (a.event.sequence ?? 0) - (b.event.sequence ?? 0));
  return ordered.flatMap((step, place): readonly TrailGap[] => {
    const before = ordered[place - 1];
    const named = textOf(step.event.previous_event_hash) ?? '';
    if (step.event.previous_event_hash === undefined) return [];
    if (named === (textOf(before?.event.event_hash) ?? '')) return [];
    const why = `record ${step.event.sequence} (“${step.title}”) follows a record of the same correlation that is not here`;
    const { offsetMs } = step;
    return [{ kind: 'missing_record', why, afterStep: before?.index, offsetMs, durationMs: undefined }];
  });
}
