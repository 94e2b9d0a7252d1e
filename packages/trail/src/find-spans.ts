import type { Pair } from './find-pairs.ts';
import type { TrailSpan, TrailStep } from './trail.ts';

/** Finds what took time: what one step began and another ended, and what an event gives a duration for. */
export function findSpans(steps: readonly TrailStep[], pairs: readonly Pair[]): readonly TrailSpan[] {
  const isEndOfWork = new Set(pairs.flatMap(({ kind, end }) => (kind === 'work' ? (end ?? []) : [])));
  const spans = [
    ...pairs.flatMap((pair) => spanOfPair(steps, pair)),
    ...steps.flatMap((step) => (isEndOfWork.has(step.index) ? [] : spanOfStep(step))),
  ];
  return spans.toSorted((a, b) => a.offsetMs - b.offsetMs || lengthOf(b) - lengthOf(a));
}

function lengthOf({ durationMs }: TrailSpan): number {
  return durationMs ?? Number.POSITIVE_INFINITY;
}

function spanOfPair(steps: readonly TrailStep[], pair: Pair): readonly TrailSpan[] {
  const { name, kind, outcome, start, end } = pair;
  const [first, last] = [steps[start], steps[end ?? -1]];
  if (first?.offsetMs === undefined) return [];
  const { service, offsetMs } = first;
  const durationMs = last?.offsetMs === undefined ? undefined : Math.max(0, last.offsetMs - offsetMs);
  return [{ service, name, kind, offsetMs, durationMs, outcome, startStep: start, endStep: end }];
}

function spanOfStep(step: TrailStep): readonly TrailSpan[] {
  const { service, title, offsetMs, durationMs, outcome, index } = step;
  if (step.durationFrom !== 'event' || offsetMs === undefined || durationMs === undefined) return [];
  const start = { startStep: undefined, endStep: index };
  return [
    { service, name: title, kind: 'work', offsetMs: offsetMs - durationMs, durationMs, outcome, ...start },
  ];
}
