import type { EventOutcome } from '@audit/schema';

/** What a search asks for, under the names of the API: the whole state of the page, as its address has it. */
export type SearchFilters = { readonly [Name in FilterName]?: string } & {
  readonly event_outcome?: EventOutcome;
};

/** Names of the filters, in the order in which they are shown. */
export const filterNames = [
  'correlation_id',
  'event_id',
  'event_type',
  'event_category',
  'event_outcome',
  'severity',
  'actor_id',
  'resource_id',
  'namespace',
  'cluster_name',
  'detail_key',
  'detail_value',
  'since',
  'until',
] as const;

/** Name of a filter. */
export type FilterName = (typeof filterNames)[number];

const outcomes: readonly EventOutcome[] = ['success', 'failure', 'pending'];

/** Reads filters of an address; what is unknown or empty is left out, and a member of the payload without its value. */
export function readFilters(search: Readonly<Record<string, unknown>>): SearchFilters {
  const texts = filterNames.flatMap((name): [FilterName, string][] => {
    const text = textOf(search[name]);
    return text === undefined || !isValid(name, text) ? [] : [[name, text]];
  });
  const found = new Map(texts);
  if (!found.has('detail_key') || !found.has('detail_value')) {
    found.delete('detail_key');
    found.delete('detail_value');
  }
  return Object.fromEntries(found);
}

/** Puts filters in the place of others; an undefined one is taken away. */
export function changeFilters(
  filters: SearchFilters,
  changes: { readonly [Name in FilterName]?: string | undefined },
): SearchFilters {
  return readFilters({ ...filters, ...changes });
}

/** How many conditions the filters are; both parts of a member of the payload count as one. */
export function countFilters(filters: SearchFilters): number {
  return Object.keys(filters).filter((name) => name !== 'detail_value').length;
}

function isValid(name: FilterName, text: string): boolean {
  if (name === 'event_outcome') return outcomes.some((outcome) => outcome === text);
  if (name === 'event_id') return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
  return name !== 'detail_key' || /^[A-Za-z0-9_]{1,100}$/.test(text);
}

// The router reads a bare number or word of an address, such as 7 or true, as JSON.
function textOf(value: unknown): string | undefined {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return typeof value === 'string' && value !== '' ? value : undefined;
}
