import type { AuditEventRequest, EventOutcome } from './generated/openapi-types.ts';

declare const payloadType: unique symbol;

/**
 * The facts about one event type. The catalogue's own are generated from the contract; {@link defineEvent} makes
 * those of other services.
 */
export interface EventDefinition<
  Type extends string = string,
  Category extends string = string,
  Payload extends object = object,
> {
  /** Name on the wire, `<service>.<noun>.<past participle>`. */
  readonly type: Type;
  /** Service that emits it. */
  readonly service: string;
  /** Value of `event_category`. */
  readonly category: Category;
  /** Value of `event_action`. */
  readonly action: string;
  /** Values `event_outcome` takes. */
  readonly outcomes: readonly EventOutcome[];
  /** Set for types that only the server emits; it refuses them from others. */
  readonly emittedBy?: 'server';
  /** Carries the payload's type to the compiler; never present at run time. */
  readonly [payloadType]?: Payload;
}

/** The complete event that a definition describes: envelope and payload under one and the same type. */
export type EventOf<Definition extends EventDefinition> =
  Definition extends EventDefinition<infer Type, infer Category, infer Payload>
    ? Omit<AuditEventRequest, 'event_type' | 'event_category' | 'event_data'> & {
        event_type: Type;
        event_category: Category;
        event_data: Omit<Payload, 'event_type'> & { event_type: Type };
      }
    : never;

/** An event before it is emitted: the client adds id and time when they are missing. */
export type EventDraft<Definition extends EventDefinition = EventDefinition> =
  EventOf<Definition> extends infer Event extends { event_timestamp: string; event_id?: string }
    ? Omit<Event, 'event_id' | 'event_timestamp'> & { event_id?: string; event_timestamp?: string }
    : never;
