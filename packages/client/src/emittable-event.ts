import type { DefinitionOf, EventDefinition, EventDraft, EventType } from '@audit/schema';

/**
 * An event that can be emitted: complete, or a draft without id and time. Types of the catalogue must carry their own
 * payload; other types are the user's own, declared with `defineEvent`. A type known only as `string` does not
 * compile: use `parseEvent` for events from outside.
 */
export type EmittableEvent<Type extends string> = {
  readonly event_type: Type;
  readonly event_id?: string;
  readonly event_timestamp?: string;
} & NoInfer<DraftOfType<Type>>;

type DraftOfType<Type extends string> = string extends Type
  ? never
  : Type extends EventType
    ? EventDraft<DefinitionOf<Type>>
    : EventDraft<EventDefinition<Type>>;
