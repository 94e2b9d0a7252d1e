import type { Disclosure } from '@audit/integrity';
import type { AuditEvent } from '@audit/schema';
import { uuidv7 } from 'uuidv7';
import type { TraceContext } from '../tracing/trace-context.ts';
import { concealPersonalData } from './personal-data.ts';

/** An event whose record needs only its place in the log. */
export interface PreparedEvent {
  /** The event's members with defaults applied, as the producer meant them. */
  readonly members: StoredMembers;
  /** Lower-case UUID. */
  readonly eventId: string;
  /** When the server accepted the event, RFC 3339 in UTC. */
  readonly receivedAt: string;
  /** The record's JSON text up to the members that its place decides, without the closing brace. */
  readonly opening: string;
  /** Personal data kept beside the record. */
  readonly disclosures: readonly Disclosure[];
}

/** An event's members as stored: no `event_id`, defaults applied. */
export type StoredMembers = Omit<AuditEvent, 'event_id'> &
  Required<Pick<AuditEvent, 'actor_type' | 'actor_id' | 'resource_type' | 'resource_id' | 'severity'>>;

/**
 * Applies the defaults, makes an id where there is none, and writes the record's JSON text as far as it is known.
 * @param trace that of an event which names none itself
 */
export function prepareEvent(event: AuditEvent, receivedAt: string, trace?: TraceContext): PreparedEvent {
  const { event_id: eventId = uuidv7(), ...given } = event;
  const members = withDefaults(
    trace === undefined || namesTrace(event) ? given : Object.assign(given, trace),
  );
  const { concealed, disclosures } = concealPersonalData(members);
  return {
    members,
    eventId: eventId.toLowerCase(),
    receivedAt,
    opening: JSON.stringify(concealed).slice(0, -1),
    disclosures,
  };
}

// Half of the producer's context and half of the request's would be the context of nothing.
function namesTrace({ trace_id, span_id }: AuditEvent): boolean {
  return trace_id !== undefined || span_id !== undefined;
}

// The members are a copy already; another one would cost more than all of this.
function withDefaults(members: Omit<AuditEvent, 'event_id'>): StoredMembers {
  const { event_category: category, correlation_id: correlation, severity } = members;
  return Object.assign(members, {
    actor_type: members.actor_type ?? 'service',
    actor_id: members.actor_id ?? `${category}-service`,
    resource_type: members.resource_type ?? category,
    resource_id: members.resource_id ?? correlation,
    severity: severity === undefined ? 'info' : severity,
  });
}
