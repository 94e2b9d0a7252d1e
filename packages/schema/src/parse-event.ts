import { z } from 'zod';
import type { AuditEvent } from './audit-event.ts';
import { type CatalogueEntry, contractCatalogue, type EventCatalogue } from './event-catalogue.ts';
import { describeReceived, type EventIssue, eventIssue } from './event-issue.ts';
import { zAuditEventRequest } from './generated/validators.ts';
import { InvalidEventError } from './invalid-event-error.ts';
import { schemaIssues } from './schema-issues.ts';
import { structureIssues } from './structure-issues.ts';

/** Options of {@link safeParseEvent}. */
export interface ParseEventOptions {
  /** Event types to know; default those of the contract. */
  readonly catalogue?: EventCatalogue;
}

/** Outcome of {@link safeParseEvent}: the value itself, or every fault found. */
export type ParseEventResult =
  | { readonly success: true; readonly event: AuditEvent }
  | { readonly success: false; readonly issues: readonly EventIssue[] };

// Type, category and payload depend on each other: the event table decides them, not the schema of the envelope.
const envelope = zAuditEventRequest.extend({
  event_type: z.string(),
  event_category: z.string(),
  event_data: z.unknown().optional(),
});

/**
 * Checks a value against the contract and reports every fault; never throws, never changes the value.
 * @param value a JSON value, such as `JSON.parse` returns
 */
export function safeParseEvent(value: unknown, options: ParseEventOptions = {}): ParseEventResult {
  try {
    const issues = allIssues(value, options.catalogue ?? contractCatalogue);
    // No issue means that the value is an event of the catalogue: the checks are its definition.
    return issues.length === 0 ? { success: true, event: value as AuditEvent } : { success: false, issues };
  } catch (error) {
    return { success: false, issues: [unreadable(error)] };
  }
}

/**
 * Checks a value against the contract.
 * @throws {InvalidEventError} with every fault found
 */
export function parseEvent(value: unknown, options: ParseEventOptions = {}): AuditEvent {
  const result = safeParseEvent(value, options);
  if (!result.success) throw new InvalidEventError(result.issues);
  return result.event;
}

interface EventParts {
  readonly event_type?: unknown;
  readonly event_category?: unknown;
  readonly event_data?: unknown;
}

function allIssues(value: unknown, catalogue: EventCatalogue): EventIssue[] {
  const parsed = envelope.safeParse(value);
  const issues = parsed.success ? [] : schemaIssues(parsed.error, value);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return issues;
  return issues.concat(tableIssues(value, catalogue), structureIssues(value));
}

function tableIssues(event: EventParts, catalogue: EventCatalogue): EventIssue[] {
  const { event_type: type, event_category: category, event_data: data } = event;
  const entry = typeof type === 'string' ? catalogue.find(type) : undefined;
  const issues = dataIssues(data, entry);
  if (typeof type === 'string' && entry === undefined) issues.push(unknownType(type));
  if (typeof category === 'string' && entry !== undefined && category !== entry.definition.category) {
    issues.push(categoryMismatch(category, entry));
  }
  return issues;
}

function dataIssues(data: unknown, entry: CatalogueEntry | undefined): EventIssue[] {
  if (typeof data !== 'object' || data === null || Array.isArray(data)) return [noPayload(data)];
  if (entry === undefined) return [];
  const tag: unknown = Reflect.get(data, 'event_type');
  if (tag === entry.definition.type) return payloadIssues(data, entry);
  const mismatch = typeMismatch(tag, entry);
  // A payload without a type is meant to have the envelope's; of one with another type nobody knows what it is.
  return tag === undefined
    ? [mismatch, ...payloadIssues({ ...data, event_type: entry.definition.type }, entry)]
    : [mismatch];
}

function payloadIssues(data: object, entry: CatalogueEntry): EventIssue[] {
  const payload = entry.payload.safeParse(data);
  return payload.success ? [] : schemaIssues(payload.error, data, ['event_data']);
}

function noPayload(data: unknown): EventIssue {
  return eventIssue({
    code: data === undefined ? 'missing' : 'wrong_type',
    pointer: '/event_data',
    expected: 'an object',
    received: describeReceived(data),
  });
}

function unknownType(type: string): EventIssue {
  return eventIssue({
    code: 'unknown_event_type',
    pointer: '/event_type',
    expected: 'an event type of the catalogue',
    received: describeReceived(type),
  });
}

function typeMismatch(tag: unknown, entry: CatalogueEntry): EventIssue {
  return eventIssue({
    code: tag === undefined ? 'missing' : 'type_mismatch',
    pointer: '/event_data/event_type',
    expected: `${JSON.stringify(entry.definition.type)} as in event_type`,
    received: describeReceived(tag),
  });
}

function categoryMismatch(category: string, entry: CatalogueEntry): EventIssue {
  return eventIssue({
    code: 'category_mismatch',
    pointer: '/event_category',
    expected: `${JSON.stringify(entry.definition.category)}, the category of ${entry.definition.type}`,
    received: describeReceived(category),
  });
}

// A getter, a proxy or a check inside a user's own schema can throw.
function unreadable(error: unknown): EventIssue {
  return eventIssue({
    code: 'wrong_type',
    pointer: '',
    expected: 'a JSON value',
    received: error instanceof Error ? `one that throws ${error.name}: ${error.message}` : 'one that throws',
  });
}
