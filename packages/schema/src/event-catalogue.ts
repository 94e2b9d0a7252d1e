import type { z } from 'zod';
import { AuditError } from './audit-error.ts';
import type { EventDefinition } from './event-definition.ts';
import { eventsByService } from './generated/event-table.ts';
import { payloadValidators } from './generated/payload-validators.ts';

/** An event type with the validator of its payload. */
export interface CatalogueEntry {
  readonly definition: EventDefinition;
  readonly payload: z.ZodType;
}

/** The event types a process knows: those of the contract and those the user defined. */
export interface EventCatalogue {
  /** Finds an event type; undefined when it is not known. */
  find(type: string): CatalogueEntry | undefined;
  /** Every known type, in the contract's order, the user's own last. */
  readonly types: readonly string[];
}

/**
 * Joins the contract's event types with the user's own.
 * @throws {AuditError} `invalid_configuration` when a type is declared twice
 */
export function createEventCatalogue(extensions: readonly CatalogueEntry[] = []): EventCatalogue {
  const entries = new Map<string, CatalogueEntry>();
  for (const entry of [...contractEntries(), ...extensions]) {
    const { type } = entry.definition;
    if (entries.has(type)) {
      throw new AuditError(`event type ${type} is declared twice: rename one of them`, {
        code: 'invalid_configuration',
      });
    }
    entries.set(type, entry);
  }
  return { find: (type) => entries.get(type), types: [...entries.keys()] };
}

/** The event types of the contract alone. */
export const contractCatalogue: EventCatalogue = createEventCatalogue();

function contractEntries(): CatalogueEntry[] {
  const tables: readonly Readonly<Record<string, EventDefinition>>[] = Object.values(eventsByService);
  return tables
    .flatMap((table) => Object.values(table))
    .map((definition) => {
      const payload = payloadValidators.get(definition.type);
      if (payload === undefined) throw new Error(`generated code has no validator for ${definition.type}`);
      return { definition, payload };
    });
}
