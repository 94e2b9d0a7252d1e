import { findMissingRecords } from './find-missing-records.ts';
import { findMissingSteps } from './find-missing-steps.ts';
import { findOpenEnds } from './find-open-ends.ts';
import { findSilences } from './find-silences.ts';
import type { GapSource } from './gap-source.ts';
import type { TrailGap, TrailStep } from './trail.ts';

/** Finds the places where a trail says too little, in the order of their places. */
export function findGaps(source: GapSource): readonly TrailGap[] {
  const gaps = [
    ...findSilences(source),
    ...findOpenEnds(source),
    ...findMissingSteps(source.steps),
    ...findMissingParents(source.steps),
    ...findMissingRecords(source.steps),
  ];
  return gaps.toSorted((a, b) => (a.afterStep ?? -1) - (b.afterStep ?? -1));
}

function findMissingParents(steps: readonly TrailStep[]): readonly TrailGap[] {
  const here = new Set(steps.map(({ event }) => event.event_id));
  return steps.flatMap(({ index, parent, title, offsetMs }): readonly TrailGap[] => {
    if (parent === undefined || here.has(parent.eventId)) return [];
    const why = `“${title}” names event ${parent.eventId} as its cause, which is not here`;
    const afterStep = index === 0 ? undefined : index - 1;
    return [{ kind: 'missing_parent', why, afterStep, offsetMs, durationMs: undefined }];
  });
}
