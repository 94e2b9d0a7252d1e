import type { AuditRecord, EventDefinition, EventOf } from '@audit/schema';

/**
 * An event as a trail is read from: a stored record, an event on its way there, or one of a service outside the
 * contract. Whatever is not as its type says is read as not being there.
 */
export type TrailEvent = EventOf<EventDefinition> & StoredMembers;

/** What only a stored record has. */
export type StoredMembers = Partial<
  Pick<
    AuditRecord,
    | 'sequence'
    | 'received_at'
    | 'previous_event_hash'
    | 'event_hash'
    | 'log_id'
    | 'legal_hold'
    | 'erased_members'
  >
>;
