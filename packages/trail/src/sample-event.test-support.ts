import type { EventType, PayloadOf } from '@audit/schema';
import type { TrailEvent } from './trail-event.ts';

/** When the samples begin. */
export const sampleStart = '2026-01-14T09:30:00.000Z';

/** An event of a trail some seconds after its beginning, with what a test is about. */
export function sampleEvent<Type extends EventType>(
  type: Type,
  atSeconds: number,
  sample: { readonly data: Omit<PayloadOf<Type>, 'event_type'> } & Partial<TrailEvent>,
): TrailEvent {
  const { data, ...envelope } = sample;
  return {
    version: '1.0',
    event_id: sampleId(type, atSeconds),
    event_type: type,
    event_timestamp: new Date(Date.parse(sampleStart) + atSeconds * 1_000).toISOString(),
    event_category: type.split('.')[0] ?? type,
    event_action: type.split('.').at(-1) ?? type,
    event_outcome: 'success',
    actor_type: 'service',
    actor_id: 'controller',
    correlation_id: 'rr-1',
    ...envelope,
    event_data: { ...data, event_type: type },
  };
}

/** The id of a sample: the same type at the same second has the same. */
export function sampleId(type: EventType, atSeconds: number): string {
  return `${type}@${atSeconds}`;
}
