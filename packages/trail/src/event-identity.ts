import { type EventDefinition, eventsByService } from '@audit/schema';
import { eventTitles } from './event-titles.ts';
import { textOf } from './seen.ts';
import type { TrailEvent } from './trail-event.ts';

/** What is known of an event by its type. */
export interface EventIdentity {
  readonly type: string;
  readonly isKnown: boolean;
  readonly service: string;
  readonly title: string;
}

/** Tells type, service and title of an event, one outside the contract included. */
export function identifyEvent(event: TrailEvent): EventIdentity {
  const type = textOf(event.event_type) ?? '(no type)';
  const service = services.get(type);
  if (service === undefined) {
    return { type, isKnown: false, service: type.split('.')[0] || type, title: type };
  }
  return { type, isKnown: true, service, title: titles.get(type) ?? type };
}

/** Whether an event is of a type that the contract does not have. */
export function isOwnType(event: TrailEvent): boolean {
  return !services.has(event.event_type);
}

const titles: ReadonlyMap<string, string> = new Map(Object.entries(eventTitles));

const tables: readonly Readonly<Record<string, EventDefinition>>[] = Object.values(eventsByService);

const services: ReadonlyMap<string, string> = new Map(
  tables.flatMap((table) => Object.values(table)).map(({ type, service }) => [type, service]),
);
