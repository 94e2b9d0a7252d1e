import type { AuditEventsQueryResponse, paths } from '@audit/schema';
import { queryOptions } from '@tanstack/react-query';
import { answerOf } from './answer-of.ts';
import { api } from './api.ts';

/** Filters, order and page of `GET /api/v1/audit/events`. */
export type EventsFilter = NonNullable<paths['/api/v1/audit/events']['get']['parameters']['query']>;

/** One page of the events that match, without how many there are on all. */
export function eventsQuery(filter: EventsFilter) {
  return queryOptions({
    queryKey: ['events', filter],
    queryFn: ({ signal }): Promise<AuditEventsQueryResponse> =>
      answerOf(api.GET('/api/v1/audit/events', { params: { query: { ...filter, total: 'none' } }, signal })),
  });
}
