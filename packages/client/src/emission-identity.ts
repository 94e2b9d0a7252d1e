import { hash } from 'node:crypto';
import type { EventDraft } from '@audit/schema';

/**
 * What makes repeated calls one event: a reconcile that runs again, or a retry after a conflict, passes the same two
 * values and the event is stored once.
 */
export interface EmissionIdentity {
  /** Tells the change apart from others of the same resource, such as `generation-7` or the name of the new phase. */
  readonly emissionKey: string;
  /** When the change happened, from the object and not from the clock: a `Date`, or RFC 3339 text. */
  readonly occurredAt: Date | string;
}

/**
 * Gives an event the id and time that its identity decides. The id is a UUIDv8 (RFC 9562, section 5.8) of type,
 * correlation, resource and key, so it is the same in every process.
 * @throws {RangeError} when `occurredAt` is no time
 */
export function identifyEvent(draft: EventDraft, { emissionKey, occurredAt }: EmissionIdentity): EventDraft {
  const { event_type, correlation_id, namespace, resource_type, resource_id } = draft;
  const name = [event_type, correlation_id, namespace, resource_type, resource_id, emissionKey];
  return {
    ...draft,
    event_id: uuidOf(JSON.stringify(name)),
    event_timestamp: new Date(occurredAt).toISOString(),
  };
}

const version = '8';
const variant = 'a';

function uuidOf(name: string): string {
  const digits = hash('sha256', name);
  const groups = [
    digits.slice(0, 8),
    digits.slice(8, 12),
    `${version}${digits.slice(13, 16)}`,
    `${variant}${digits.slice(17, 20)}`,
    digits.slice(20, 32),
  ];
  return groups.join('-');
}
