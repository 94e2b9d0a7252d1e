import { eventPagesQuery } from '../../api/event-pages-query.ts';

const pageLimit = 1_000;

/** Every event of a correlation in the order of the log, page after page. */
export function trailQuery(correlationId: string) {
  return {
    ...eventPagesQuery({ correlation_id: correlationId, order: 'asc', limit: pageLimit }),
    staleTime: Number.POSITIVE_INFINITY,
  };
}
