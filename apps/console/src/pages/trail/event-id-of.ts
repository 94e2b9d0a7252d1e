import type { TrailStep } from '@audit/trail';

/** The id of a step's event; every stored event has one. */
export function eventIdOf({ event }: TrailStep): string {
  return typeof event.event_id === 'string' ? event.event_id : '';
}
