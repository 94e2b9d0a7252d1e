import { eventPagesQuery } from '../../api/event-pages-query.ts';
import type { SearchFilters } from '../../api/search-filters.ts';

const pageLimit = 100;

/** The events that a search finds, a hundred at a time. How many there are is another question, which takes longer. */
export function resultsQuery(filters: SearchFilters) {
  return eventPagesQuery({ ...filters, limit: pageLimit, total: 'none' });
}
