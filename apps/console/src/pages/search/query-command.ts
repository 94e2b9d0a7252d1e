import type { FilterName, SearchFilters } from '../../api/search-filters.ts';

const options = {
  correlation_id: '--correlation',
  event_id: '--event',
  event_type: '--type',
  event_category: '--category',
  event_outcome: '--outcome',
  severity: '--severity',
  actor_id: '--actor',
  resource_id: '--resource',
  namespace: '--namespace',
  cluster_name: '--cluster',
  since: '--since',
  until: '--until',
} as const satisfies Record<Exclude<FilterName, 'detail_key' | 'detail_value'>, string>;

/** The words of the command that asks the same in a terminal. */
export function queryCommand(filters: SearchFilters): readonly string[] {
  const names = Object.keys(options) as readonly (keyof typeof options)[]; // The keys of a constant are its names.
  // Behind `=` a value may begin with a dash.
  const words = names.flatMap((name) =>
    filters[name] === undefined ? [] : [`${options[name]}=${filters[name]}`],
  );
  const { detail_key: key, detail_value: value } = filters;
  return ['audit', 'query', ...words, ...(key === undefined ? [] : [`--detail=${key}=${value}`])];
}
