import type { EventDefinition, EventOf } from './event-definition.ts';
import type { eventsByService } from './generated/event-table.ts';
import type { EventType } from './generated/openapi-types.ts';

type Tables = typeof eventsByService;

/** Service with events in the catalogue. */
export type ServiceName = keyof Tables;

type CatalogueDefinition = { [Service in ServiceName]: Tables[Service][keyof Tables[Service]] }[ServiceName] &
  EventDefinition;

/** Definition of one event type of the catalogue. */
export type DefinitionOf<Type extends EventType> = Extract<CatalogueDefinition, { type: Type }>;

/** The event of one type: a payload under another type does not compile. */
export type AuditEventOf<Type extends EventType> = EventOf<DefinitionOf<Type>>;

/** Payload of one event type. */
export type PayloadOf<Type extends EventType> = AuditEventOf<Type>['event_data'];

/** Any event of the catalogue; narrows by `event_type`. */
export type AuditEvent = { [Type in EventType]: AuditEventOf<Type> }[EventType];
