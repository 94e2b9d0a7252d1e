import type { ServiceLane, Trail } from '@audit/trail';

/** What is drawn in a lane, in thousandths of the time axis; what falls together is drawn once. */
export interface LaneMarks {
  readonly steps: readonly number[];
  readonly failures: readonly number[];
  readonly spans: readonly LaneSpan[];
}

/** Something that took time, on the axis. */
export interface LaneSpan {
  readonly start: number;
  readonly end: number;
  readonly kind: 'phase' | 'work';
}

// Finer marks than these could not be told apart, and thousands of them would be slow to draw.
const placesMax = 250;
const width = 1_000;

/** Places what a service did on the time axis of the trail. */
export function laneMarks(trail: Trail, lane: ServiceLane): LaneMarks {
  const place = placer(trail.durationMs ?? 0);
  const steps = lane.steps.flatMap((index) => trail.steps[index] ?? []);
  const placesOf = (isFailure: boolean) => {
    const own = steps.filter(({ outcome }) => (outcome === 'failure') === isFailure);
    return [...new Set(own.flatMap(({ offsetMs }) => (offsetMs === undefined ? [] : place(offsetMs))))];
  };
  const spans = lane.spans.flatMap((index) => {
    const span = trail.spans[index];
    if (span === undefined) return [];
    const end = span.durationMs === undefined ? width : place(span.offsetMs + span.durationMs);
    return [{ start: place(span.offsetMs), end, kind: span.kind }];
  });
  const distinct = new Map(spans.map((span) => [`${span.kind} ${span.start} ${span.end}`, span]));
  return { steps: placesOf(false), failures: placesOf(true), spans: [...distinct.values()] };
}

function placer(durationMs: number): (offsetMs: number) => number {
  const scale = durationMs <= 0 ? 0 : placesMax / durationMs;
  return (offsetMs) => (Math.min(placesMax, Math.round(offsetMs * scale)) * width) / placesMax;
}
