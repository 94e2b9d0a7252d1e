import type { Trail, TrailStep } from '@audit/trail';

/** A trail for machines: the events themselves are left out, `audit query` has them. */
export function trailJson(trail: Trail, purged: number): object {
  return { ...trail, steps: trail.steps.map(stepJson), purged };
}

/** A step for machines, with what finds its event. */
export function stepJson({ event, ...step }: TrailStep): object {
  return { ...step, eventId: event.event_id ?? null, sequence: event.sequence ?? null };
}
