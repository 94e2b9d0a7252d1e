import type { EventEntry, EventReference } from './event-reference.ts';

/** An event type that was sought. */
export interface FoundEvent {
  readonly event: EventEntry;
  /** Paths of the members because of which it was found; none when its own words suffice. */
  readonly fields: readonly string[];
}

/** Words that name an event for people, by type. */
export type EventTitles = Readonly<Record<string, string>>;

/**
 * Finds the event types that have every word sought, in any case: in type, title, service, category or sentence, or in the name,
 * values and description of a member of the payload. Those that have them in the type come first, then in their own words, then in
 * members.
 */
export function findEvents(
  reference: EventReference,
  titles: EventTitles,
  text: string,
): readonly FoundEvent[] {
  const words = text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  const ranked = reference.events.flatMap((event) => {
    const found = match(event, reference, titles, words);
    return found === undefined ? [] : [found];
  });
  return ranked.toSorted((a, b) => a.rank - b.rank).map(({ event, fields }) => ({ event, fields }));
}

interface RankedEvent extends FoundEvent {
  readonly rank: number;
}

function match(
  event: EventEntry,
  { payloads }: EventReference,
  titles: EventTitles,
  words: readonly string[],
): RankedEvent | undefined {
  if (words.every((word) => event.type.includes(word))) return { event, fields: [], rank: 0 };
  const own = [
    event.type,
    titles[event.type],
    event.service,
    event.category,
    event.action,
    event.when,
    event.payload,
  ]
    .join(' ')
    .toLowerCase();
  const left = words.filter((word) => !own.includes(word));
  if (left.length === 0) return { event, fields: [], rank: 1 };
  // Events that share a payload are all among the values of this one.
  const members = (payloads[event.payload]?.fields ?? []).filter(({ path }) => path !== 'event_type');
  const fields = members.map(({ path, description, values }) => ({
    path,
    text: [path, description, ...values].join(' ').toLowerCase(),
  }));
  const isFound = left.every((word) => fields.some((field) => field.text.includes(word)));
  if (!isFound) return undefined;
  const found = fields.filter((field) => left.some((word) => field.text.includes(word)));
  return { event, fields: found.map(({ path }) => path), rank: 2 };
}
