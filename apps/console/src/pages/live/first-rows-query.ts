import type { AuditRecord } from '@audit/schema';
import { queryOptions } from '@tanstack/react-query';
import { answerOf } from '../../api/answer-of.ts';
import { api } from '../../api/api.ts';
import type { EventsFilter } from '../../api/events-query.ts';
import type { SearchFilters } from '../../api/search-filters.ts';

/** What a page begins with before anything comes. */
export interface FirstRows {
  /** The newest records that match, the newest first. */
  readonly rows: readonly AuditRecord[];
  /** Position behind which nothing was read; `-1` in an empty log. */
  readonly position: string;
}

const firstRowsMax = 25;

/** The newest records that match and the position to follow the log from, without gap; asked for each time a page is opened. */
export function firstRowsQuery(filter: SearchFilters) {
  return queryOptions({
    queryKey: ['live', filter],
    queryFn: async ({ signal }): Promise<FirstRows> => {
      // First: what comes between the two questions is then read by the stream.
      const [newest] = await readEvents({ limit: 1 }, signal);
      const rows = await readEvents({ ...filter, limit: firstRowsMax }, signal);
      return { rows, position: String((rows[0] ?? newest)?.sequence ?? -1) };
    },
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    refetchOnWindowFocus: false,
  });
}

async function readEvents(query: EventsFilter, signal: AbortSignal): Promise<readonly AuditRecord[]> {
  const { data } = await answerOf(api.GET('/api/v1/audit/events', { params: { query }, signal }));
  return data;
}
