import type { AuditEventsQueryResponse } from '@audit/schema';
import { queryOptions } from '@tanstack/react-query';
import { answerOf } from './answer-of.ts';
import { api } from './api.ts';
import type { EventPagesFilter } from './event-pages-query.ts';

/** How many events match, as far as the server counts: asked for beside the events, which come sooner without. */
export function eventTotalQuery(filter: EventPagesFilter) {
  return queryOptions({
    queryKey: ['event-total', filter],
    queryFn: async ({ signal }): Promise<AuditEventsQueryResponse['pagination']> => {
      const query = { ...filter, limit: 1 };
      return (await answerOf(api.GET('/api/v1/audit/events', { params: { query }, signal }))).pagination;
    },
    refetchOnWindowFocus: false,
  });
}
