import type { FilterName, SearchFilters } from '../../api/search-filters.ts';

/** One condition of a search, for people. */
export interface FilterWords {
  /** Filters to take away for it to be gone. */
  readonly names: readonly FilterName[];
  readonly label: string;
  readonly text: string;
}

const labels = {
  correlation_id: 'correlation',
  event_id: 'event',
  event_type: 'type',
  event_category: 'category',
  event_outcome: 'outcome',
  severity: 'severity',
  actor_id: 'actor',
  resource_id: 'resource id',
  namespace: 'namespace',
  cluster_name: 'cluster',
  since: 'since',
  until: 'until',
} as const satisfies Record<Exclude<FilterName, 'detail_key' | 'detail_value'>, string>;

const detailLabels: ReadonlyMap<string, string> = new Map([
  ['alert_name', 'alert'],
  ['resource_name', 'resource'],
]);

const span = /^(?:\d+(?:\.\d+)?(?:d|h|m|s))+$/;

/** Says in words what a search asks for, condition by condition. */
export function filterWords(filters: SearchFilters): readonly FilterWords[] {
  const names = Object.keys(labels) as readonly (keyof typeof labels)[]; // The keys of a constant are its names.
  const conditions = names.flatMap((name): FilterWords[] => {
    const text = filters[name];
    if (text === undefined) return [];
    if (name === 'since' && span.test(text)) return [{ names: [name], label: 'in the last', text }];
    return [{ names: [name], label: labels[name], text }];
  });
  const { detail_key: key, detail_value: value } = filters;
  if (key === undefined || value === undefined) return conditions;
  const label = detailLabels.get(key) ?? `payload ${key}`;
  return [...conditions, { names: ['detail_key', 'detail_value'], label, text: value }];
}
