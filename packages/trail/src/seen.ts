import type { EventType, PayloadOf } from '@audit/schema';
import type { TrailEvent } from './trail-event.ts';

/**
 * Members as they are seen from outside: their names are the contract's, their values anything, since a member may be
 * withheld, erased, or written by a producer that does not keep to the contract.
 */
export type Seen<Members extends object> = { readonly [Name in keyof Members]?: unknown };

/** The payload of an event of one of these types; undefined when it is of another. */
export function payloadOf<Type extends EventType>(
  event: TrailEvent,
  ...types: readonly Type[]
): SeenPayload<Type> | undefined {
  return isOneOf(event, ...types) ? membersOf<PayloadOf<Type>>(event.event_data) : undefined;
}

/** The payload of an event type, seen from outside. */
export type SeenPayload<Type extends EventType> = Seen<PayloadOf<Type>>;

/** Whether an event is of one of these types of the contract. */
export function isOneOf(event: TrailEvent, ...types: readonly EventType[]): boolean {
  return types.some((type) => type === event.event_type);
}

/** The members of a value; none when it is no object. */
export function membersOf<Members extends object>(value: unknown): Seen<Members> {
  // Every member of Seen is optional and of unknown type, so any object is one.
  return (typeof value === 'object' && value !== null ? value : {}) as Seen<Members>;
}

/** A text that says something; undefined for an empty one and for anything else. */
export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** A finite number; undefined for anything else. */
export function numberOf(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

/** A short value as text, for a sentence; `?` for anything that is none. */
export function shortTextOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '?';
}

/** The texts of a list; none when it is no list. */
export function textsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.flatMap((each: unknown) => textOf(each) ?? []) : [];
}

/** Milliseconds since 1970 of a time as RFC 3339 writes it; undefined for anything else. */
export function timeOf(value: unknown): number | undefined {
  const timeMs = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  return Number.isNaN(timeMs) ? undefined : timeMs;
}
