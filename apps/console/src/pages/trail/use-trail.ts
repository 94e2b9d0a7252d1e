import type { AuditRecord } from '@audit/schema';
import { type Explanation, explainTrail, readTrail, type Trail } from '@audit/trail';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import { trailQuery } from './trail-query.ts';

/** A correlation that was read whole. */
export interface ReadTrail {
  readonly trail: Trail;
  readonly explanation: Explanation;
  /** Records that were purged after their retention. */
  readonly purged: number;
  /** When it was read, in milliseconds since 1970. */
  readonly readMs: number;
}

/** How far the events of a correlation are read. */
export interface TrailReading {
  /** Undefined until every page has come, and when there is no event. */
  readonly read: ReadTrail | undefined;
  /** Events that have come. */
  readonly loaded: number;
  /** Events there are, as far as the server counts. */
  readonly total: number | undefined;
  readonly isEmpty: boolean;
  readonly error: Error | null;
  /** Reads everything again. */
  readonly again: () => void;
  readonly isReading: boolean;
}

/** Reads every event of a correlation, page after page, and what they tell; nothing while there is no id. */
export function useTrail(correlationId: string | undefined): TrailReading {
  const query = useInfiniteQuery({
    ...trailQuery(correlationId ?? ''),
    enabled: correlationId !== undefined,
  });
  const { data, hasNextPage, isFetching, error, fetchNextPage, refetch, dataUpdatedAt } = query;
  useEffect(() => {
    if (hasNextPage && !isFetching && error === null) void fetchNextPage();
  }, [hasNextPage, isFetching, error, fetchNextPage]);
  const isWhole = data !== undefined && !hasNextPage;
  const read = useMemo(
    () => (isWhole ? tell(data.pages, dataUpdatedAt) : undefined),
    [isWhole, data, dataUpdatedAt],
  );
  const pages = data?.pages ?? [];
  return {
    read,
    loaded: pages.reduce((sum, page) => sum + page.data.length, 0),
    total: pages[0]?.pagination.total,
    isEmpty: isWhole && read === undefined,
    error,
    again: () => void refetch(),
    isReading: isFetching,
  };
}

type Pages = readonly {
  readonly data: readonly AuditRecord[];
  readonly pagination: { readonly purged?: number };
}[];

function tell(pages: Pages, readMs: number): ReadTrail | undefined {
  const events = pages.flatMap((page) => page.data);
  if (events.length === 0) return undefined;
  const trail = readTrail(events, { nowMs: readMs });
  return { trail, explanation: explainTrail(trail), purged: pages[0]?.pagination.purged ?? 0, readMs };
}
