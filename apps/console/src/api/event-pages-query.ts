import type { AuditEventsQueryResponse } from '@audit/schema';
import { infiniteQueryOptions } from '@tanstack/react-query';
import { answerOf } from './answer-of.ts';
import { api } from './api.ts';
import type { EventsFilter } from './events-query.ts';

/** What an {@link eventPagesQuery} asks for; its pages follow each other by cursor. */
export type EventPagesFilter = Omit<EventsFilter, 'cursor' | 'offset'>;

/**
 * The events that match, page after page by cursor. What was read stays as it was until it is asked for again. Only the first
 * page tells how many there are, unless `total` is `none`.
 */
export function eventPagesQuery(filter: EventPagesFilter) {
  return infiniteQueryOptions({
    queryKey: ['event-pages', filter],
    queryFn: ({ pageParam, signal }): Promise<AuditEventsQueryResponse> =>
      answerOf(
        api.GET('/api/v1/audit/events', {
          params: {
            query: { ...filter, ...(pageParam !== undefined && { cursor: pageParam, total: 'none' }) },
          },
          signal,
        }),
      ),
    initialPageParam: firstPage(),
    getNextPageParam: ({ pagination }) =>
      pagination.has_more ? (pagination.next_cursor ?? undefined) : undefined,
    // Comparing thousands of records with those before costs more than drawing them again.
    structuralSharing: false,
    refetchOnWindowFocus: false,
  });
}

// The first page has no cursor; the return type says what the others have.
function firstPage(): string | undefined {
  return undefined;
}
