import { randomUUID } from 'node:crypto';

/** Text of a valid event whose id ends in a number. */
export function sampleEvent(number: number, members: Readonly<Record<string, unknown>> = {}): string {
  return JSON.stringify({
    version: '1.0',
    event_id: `019bbbd8-dbe5-792d-9ab5-${number.toString(16).padStart(12, '0')}`,
    event_type: 'aianalysis.phase.transition',
    event_timestamp: '2026-01-15T10:30:00.123Z',
    event_category: 'analysis',
    event_action: 'phase_transition',
    event_outcome: 'success',
    correlation_id: 'rr-0123456789ab-01234567',
    event_data: {
      event_type: 'aianalysis.phase.transition',
      old_phase: 'Pending',
      new_phase: 'Investigating',
    },
    ...members,
  });
}

/** Id of the event of {@link sampleEvent}. */
export function sampleEventId(number: number): string {
  return JSON.parse(sampleEvent(number)).event_id;
}

/** Text of a valid event that no server has yet. */
export function freshEvent(): string {
  // A UUID of version 7, as producers make them.
  return sampleEvent(0, { event_id: randomUUID().replace(/^(.{14})./, '$17') });
}
