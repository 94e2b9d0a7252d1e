import type { EventDefinition, EventDraft, EventOf } from './event-definition.ts';
import { toStorable } from './storable.ts';

/** Version of the envelope that producers write. */
export const envelopeVersion = '1.0';

/** What a builder says beyond the facts of the event table. */
export type DraftMembers<Definition extends EventDefinition> = Omit<
  EventDraft<Definition>,
  'version' | 'event_type' | 'event_category' | 'event_action' | 'event_data'
> & {
  /** Payload without its tag; {@link draftEvent} writes that from the definition. */
  event_data: Omit<EventOf<Definition>['event_data'], 'event_type'>;
};

/**
 * Joins what a builder knows with the facts of the event table, so that version, type (in envelope and payload),
 * category and action are written in one place, and makes it storable: NUL and half surrogate pairs become U+FFFD,
 * envelope texts above their limit are cut and end in `…`, reserved member names are put in quotation marks.
 */
export function draftEvent<Definition extends EventDefinition>(
  definition: Definition,
  members: DraftMembers<Definition>,
): EventDraft<Definition> {
  const { event_data, ...rest } = members;
  const draft = {
    version: envelopeVersion,
    event_type: definition.type,
    event_category: definition.category,
    event_action: definition.action,
    ...rest,
    event_data: { event_type: definition.type, ...event_data },
  };
  // TypeScript cannot follow the definition's type parameters through the spread; the members are those of EventOf.
  return toStorable(draft) as unknown as EventDraft<Definition>;
}
