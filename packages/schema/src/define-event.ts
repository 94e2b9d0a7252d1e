import { z } from 'zod';
import { AuditError } from './audit-error.ts';
import type { CatalogueEntry } from './event-catalogue.ts';
import type { EventDefinition } from './event-definition.ts';
import type { EventOutcome } from './generated/openapi-types.ts';

/** What {@link defineEvent} needs to know. */
export interface EventDescription<Type extends string, Category extends string, Shape extends z.ZodRawShape> {
  /** `<service>.<noun>.<past participle>`, at most 100 characters. */
  readonly type: Type;
  /** Value of `event_category`, at most 50 characters. */
  readonly category: Category;
  /** Value of `event_action`, at most 50 characters. */
  readonly action: string;
  /** Values `event_outcome` takes; default all three. */
  readonly outcomes?: readonly EventOutcome[];
  /** Members of the payload; `event_type` is added, other members are refused. */
  readonly payload: Shape;
}

/**
 * A user's own event type: use it with `draftEvent`, `BuildersFor` and `createEventCatalogue`. The payload has the type
 * that the schemas take in, for events are sent as they were written, without defaults or transformations.
 */
export type DefinedEvent<
  Type extends string,
  Category extends string,
  Shape extends z.ZodRawShape,
> = EventDefinition<Type, Category, z.input<z.ZodObject<Shape>>> & CatalogueEntry;

/**
 * Declares an event type of a service outside the contract, with the same types, validation and binding.
 *
 * @example
 * const deployStarted = defineEvent({
 *   type: 'deployer.deploy.started', category: 'deployer', action: 'started',
 *   payload: { image: z.string() },
 * });
 * @throws {AuditError} `invalid_configuration` when a name cannot be stored
 */
export function defineEvent<
  const Type extends string,
  const Category extends string,
  const Shape extends z.ZodRawShape,
>(description: EventDescription<Type, Category, Shape>): DefinedEvent<Type, Category, Shape> {
  const { type, category, action, outcomes = ['success', 'failure', 'pending'] } = description;
  assertLength('type', type, 100);
  assertLength('category', category, 50);
  assertLength('action', action, 50);
  const facts = { type, service: type.split('.')[0] ?? type, category, action, outcomes };
  const payload = z.strictObject({ ...description.payload, event_type: z.literal(type) });
  return { ...facts, definition: facts, payload };
}

function assertLength(name: string, value: string, max: number): void {
  if (value.length >= 1 && value.length <= max) return;
  throw new AuditError(
    `defineEvent: ${name} must have 1 to ${max} characters, received ${JSON.stringify(value)}`,
    {
      code: 'invalid_configuration',
    },
  );
}
