import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  type CatalogueEntry,
  contractCatalogue,
  createEventCatalogue,
  type EventCatalogue,
} from '@audit/schema';

/**
 * Joins the contract's event types with those that a module exports, made by `defineEvent`, alone or in tables.
 * @throws {Error} when the module cannot be loaded or exports no event type
 */
export async function loadCatalogue(path: string | undefined): Promise<EventCatalogue> {
  if (path === undefined) return contractCatalogue;
  const exported: object = await import(pathToFileURL(resolve(path)).href);
  const entries = Object.values(exported).flatMap(eventsIn);
  if (entries.length === 0) throw new Error(`${path} exports no event type: export what defineEvent returns`);
  return createEventCatalogue(entries);
}

function eventsIn(value: unknown): CatalogueEntry[] {
  if (isEntry(value)) return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).filter(isEntry) : [];
}

// Recognised by what it has: the module may have loaded another copy of @audit/schema.
function isEntry(value: unknown): value is CatalogueEntry {
  return typeof value === 'object' && value !== null && 'definition' in value && 'payload' in value;
}
