import { type EventDefinition, eventsByService } from '@audit/schema';

/** Every event type of the contract, service after service. */
export const eventTypes: readonly EventDefinition[] = Object.values(eventsByService).flatMap((table) =>
  Object.values<EventDefinition>(table),
);

/** The event types of which a member has the text, in any case. */
export function findEventTypes(text: string): readonly EventDefinition[] {
  const sought = text.trim().toLowerCase();
  return eventTypes.filter(({ type, service, category, action }) =>
    [type, service, category, action].some((member) => member.toLowerCase().includes(sought)),
  );
}
