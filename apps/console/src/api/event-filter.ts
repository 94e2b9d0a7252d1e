import type { EventOutcome } from '@audit/schema';

const textFilters = [
  'correlation_id',
  'event_type',
  'event_category',
  'severity',
  'actor_id',
  'resource_id',
  'namespace',
  'cluster_name',
  'since',
  'until',
] as const;

const outcomes: readonly EventOutcome[] = ['success', 'failure', 'pending'];

/** Which events are shown, as the address of a page and the contract's operations name it. */
export type EventFilter = Partial<Record<(typeof textFilters)[number], string>> & {
  readonly event_outcome?: EventOutcome;
};

/** Reads the filter from the search of an address; what is no filter, or an empty one, is left out. */
export function readEventFilter(search: Readonly<Record<string, unknown>>): EventFilter {
  const texts = textFilters.flatMap((name) => {
    const text = textOf(search[name]);
    return text === undefined ? [] : [[name, text] as const];
  });
  const outcome = outcomes.find((each) => each === search.event_outcome);
  return { ...Object.fromEntries(texts), ...(outcome !== undefined && { event_outcome: outcome }) };
}

// The router reads a bare number of an address as a number.
function textOf(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}
