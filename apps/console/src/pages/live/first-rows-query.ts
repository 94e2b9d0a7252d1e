import type { AuditRecord } from '@audit/schema';
import { queryOptions } from '@tanstack/react-query';
import { readEvents } from '../../api/read-events.ts';
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
      const read = () => readEvents({ ...filter, limit: firstRowsMax }, signal);
      const [[newest], found] = await Promise.all([readEvents({ limit: 1 }, signal), read()]);
      // Without a match the stream begins behind the newest record: one that matches may have come between the two answers.
      const rows = found.length === 0 && newest !== undefined ? await read() : found;
      return { rows, position: String((rows[0] ?? newest)?.sequence ?? -1) };
    },
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    refetchOnWindowFocus: false,
  });
}
