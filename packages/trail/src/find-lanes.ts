import type { ServiceLane, TrailSpan, TrailStep } from './trail.ts';

/** Groups steps and spans by service: the rows of a waterfall. Steps without a readable time are in no lane's length. */
export function findLanes(steps: readonly TrailStep[], spans: readonly TrailSpan[]): readonly ServiceLane[] {
  const spansByService = Map.groupBy(spans.keys(), (place) => spans[place]?.service);
  return [...Map.groupBy(steps, ({ service }) => service)].map(([service, own]): ServiceLane => {
    const places = spansByService.get(service) ?? [];
    const times = [
      ...own.flatMap(({ offsetMs }) => offsetMs ?? []),
      ...places.flatMap((place) => edgesOf(spans[place])),
    ];
    const offsetMs = times.reduce((least, time) => Math.min(least, time), times[0] ?? 0);
    const endMs = times.reduce((most, time) => Math.max(most, time), offsetMs);
    const failures = own.filter(({ outcome }) => outcome === 'failure').length;
    const indexes = own.map(({ index }) => index);
    return { service, offsetMs, durationMs: endMs - offsetMs, steps: indexes, spans: places, failures };
  });
}

function edgesOf(span: TrailSpan | undefined): readonly number[] {
  if (span === undefined) return [];
  const { offsetMs, durationMs } = span;
  return durationMs === undefined ? [offsetMs] : [offsetMs, offsetMs + durationMs];
}
