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
  event_type: z.string().min(1).max(100),
  event_category: z.string().min(1).max(50),
  event_data: z.custom<TaggedPayload>(isTagged, 'an object with the text member event_type'),
});

/** Checks a value against the contract and reports every fault; never throws, never changes the value. */
export function safeParseEvent(value: unknown, options: ParseEventOptions = {}): ParseEventResult {
  const parsed = envelope.safeParse(value);
  const issues = parsed.success
    ? tableIssues(parsed.data, options.catalogue ?? contractCatalogue)
    : schemaIssues(parsed.error, value);
  if (typeof value === 'object' && value !== null) issues.push(...structureIssues(value));
  // No issue means that the value is an event of the catalogue: the three checks above are its definition.
  return issues.length === 0 ? { success: true, event: value as AuditEvent } : { success: false, issues };
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

type Envelope = z.output<typeof envelope>;

interface TaggedPayload {
  readonly event_type: string;
}

function isTagged(value: unknown): boolean {
  return typeof value === 'object' && value !== null && typeof Reflect.get(value, 'event_type') === 'string';
}

function tableIssues(event: Envelope, catalogue: EventCatalogue): EventIssue[] {
  const entry = catalogue.find(event.event_type);
  if (entry === undefined) return [unknownType(event.event_type)];
  const issues: EventIssue[] = [];
  if (event.event_category !== entry.definition.category) issues.push(categoryMismatch(event, entry));
  if (event.event_data.event_type !== event.event_type) issues.push(typeMismatch(event));
  else issues.push(...payloadIssues(event, entry));
  return issues;
}

function payloadIssues(event: Envelope, entry: CatalogueEntry): EventIssue[] {
  const payload = entry.payload.safeParse(event.event_data);
  return payload.success ? [] : schemaIssues(payload.error, event.event_data, ['event_data']);
}

function unknownType(type: string): EventIssue {
  return eventIssue({
    code: 'unknown_event_type',
    pointer: '/event_type',
    expected: 'an event type of the catalogue',
    received: describeReceived(type),
  });
}

function typeMismatch(event: Envelope): EventIssue {
  return eventIssue({
    code: 'type_mismatch',
    pointer: '/event_data/event_type',
    expected: `${JSON.stringify(event.event_type)} as in event_type`,
    received: describeReceived(event.event_data.event_type),
  });
}

function categoryMismatch(event: Envelope, entry: CatalogueEntry): EventIssue {
  return eventIssue({
    code: 'category_mismatch',
    pointer: '/event_category',
    expected: `${JSON.stringify(entry.definition.category)}, the category of ${event.event_type}`,
    received: describeReceived(event.event_category),
  });
}
