import type { Disclosure } from '@audit/integrity';
import type { AuditEvent } from '@audit/schema';
import { uuidv7 } from 'uuidv7';
import type { TraceContext } from '../tracing/trace-context.ts';
import { concealPersonalData } from './personal-data.ts';

/** An event whose record needs only its place in the log. Its data is kept as text alone: as objects it takes several times the memory. */
export interface PreparedEvent {
  readonly columns: EventColumns;
  /** Lower-case UUID. */
  readonly eventId: string;
  /** When the server accepted the event, RFC 3339 in UTC. */
  readonly receivedAt: string;
  /** The record's JSON text up to the members that its place decides, without the closing brace. */
  readonly opening: string;
  /** The event's JSON text as the producer meant it, personal data included, without the closing brace. */
  readonly told: string;
  /** Personal data kept beside the record. */
  readonly disclosures: readonly Disclosure[];
}

/** Members that have a column of their own, defaults applied. */
export type EventColumns = Readonly<
  Pick<StoredMembers, RequiredColumn> & {
    [Name in OptionalColumn]: StoredMembers[Name] | undefined;
  }
>;

type RequiredColumn =
  | 'event_timestamp'
  | 'event_type'
  | 'event_category'
  | 'event_action'
  | 'event_outcome'
  | 'correlation_id'
  | 'actor_type'
  | 'actor_id'
  | 'resource_type'
  | 'resource_id'
  | 'severity';

type OptionalColumn = 'parent_event_id' | 'namespace' | 'cluster_name' | 'duration_ms' | 'retention_days';

/** An event's members as stored: no `event_id`, defaults applied. */
type StoredMembers = Omit<AuditEvent, 'event_id'> &
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
  const opening = openingOf(concealed);
  return {
    columns: columnsOf(members),
    eventId: eventId.toLowerCase(),
    receivedAt,
    opening,
    told: disclosures.length === 0 ? opening : openingOf(members),
    disclosures,
  };
}

function openingOf(members: object): string {
  return JSON.stringify(members).slice(0, -1);
}

// Written out: an object of one form is made and read fastest.
function columnsOf(members: StoredMembers): EventColumns {
  return {
    event_timestamp: members.event_timestamp,
    event_type: members.event_type,
    event_category: members.event_category,
    event_action: members.event_action,
    event_outcome: members.event_outcome,
    correlation_id: members.correlation_id,
    actor_type: members.actor_type,
    actor_id: members.actor_id,
    resource_type: members.resource_type,
    resource_id: members.resource_id,
    severity: members.severity,
    parent_event_id: members.parent_event_id,
    namespace: members.namespace,
    cluster_name: members.cluster_name,
    duration_ms: members.duration_ms,
    retention_days: members.retention_days,
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
