import { durationText } from './duration-text.ts';
import type { GapSource } from './gap-source.ts';
import type { TrailGap } from './trail.ts';

/** Finds what began and has no end although the remediation has, or although the same began again. */
export function findOpenEnds({ steps, pairs, endStep }: GapSource): readonly TrailGap[] {
  const lastStarts = new Map(pairs.map(({ name, start }) => [name, start]));
  return pairs.flatMap((pair): readonly TrailGap[] => {
    const beginning = steps[pair.start];
    if (pair.end !== undefined || beginning === undefined) return [];
    const again = pair.start !== lastStarts.get(pair.name);
    const isOver = endStep !== undefined && endStep > pair.start;
    if (!again && !isOver) return [];
    const { service, title, offsetMs } = beginning;
    const at = offsetMs === undefined ? '' : ` at +${durationText(offsetMs)}`;
    const then = again ? 'it began again' : 'the remediation ended';
    const why = `${pair.name} of ${service} began${at} with “${title}”; ${then} and no event ended it`;
    return [{ kind: 'never_ended', why, afterStep: pair.start, offsetMs, durationMs: undefined }];
  });
}
