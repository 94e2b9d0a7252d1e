import type { AuditEventsQueryResponse, AuditRecord } from '@audit/schema';
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type ReactElement, useCallback, useEffect, useMemo } from 'react';
import { eventTotalQuery } from '../../api/event-total-query.ts';
import { countFilters, type SearchFilters } from '../../api/search-filters.ts';
import { Button } from '../../controls/button.tsx';
import { Panel } from '../../controls/panel.tsx';
import { useNarrow } from '../../controls/use-narrow.ts';
import { VirtualRows } from '../../controls/virtual-rows.tsx';
import { numberText } from '../../format/number-text.ts';
import { EmptyState } from '../../states/empty-state.tsx';
import { FailureState } from '../../states/failure-state.tsx';
import { RowsSkeleton } from '../../states/rows-skeleton.tsx';
import { ResultHead, ResultRow } from './result-row.tsx';
import styles from './results.module.css';
import { resultsQuery } from './results-query.ts';

const rowHeightPx = { wide: 52, narrow: 128 } as const;
// So many pages are searched by themselves before the first event is found.
const emptyPagesMax = 20;

/** The events that match, newest first, read on as one scrolls. Those of the search before stay until the first of this come. */
export function Results({ filters }: { readonly filters: SearchFilters }): ReactElement {
  const isNarrow = useNarrow();
  const open = useOpen();
  const query = useInfiniteQuery({
    ...resultsQuery(filters),
    placeholderData: keepPreviousData,
  });
  const { data, hasNextPage, isFetching, fetchNextPage, isPlaceholderData, error, refetch } = query;
  const events = useMemo(() => data?.pages.flatMap((page) => page.data) ?? [], [data]);
  const readOn = useCallback(() => {
    if (hasNextPage && !isFetching && error === null) void fetchNextPage();
  }, [hasNextPage, isFetching, error, fetchNextPage]);
  const note = useTotalText(filters, isPlaceholderData ? undefined : data?.pages[0]);
  const pages = data?.pages.length ?? 0;
  useEffect(() => {
    if (pages > 0 && events.length === 0 && pages < emptyPagesMax) readOn();
  }, [pages, events.length, readOn]);
  const failure = error !== null && <FailureState error={error} retry={() => void refetch()} />;
  if (data === undefined) return failure || <RowsSkeleton rows={10} />;
  if (events.length === 0 && !hasNextPage && failure === false) {
    return <Nothing filters={filters} isOfBefore={isPlaceholderData} />;
  }
  return (
    <>
      {failure}
      <Panel heading="Events" note={isPlaceholderData ? 'searching…' : note}>
        <ResultHead />
        <div className={isPlaceholderData ? styles.old : undefined} aria-busy={isFetching}>
          <VirtualRows
            label="Events found"
            count={events.length}
            rowHeight={isNarrow ? rowHeightPx.narrow : rowHeightPx.wide}
            keyOf={(index) => events[index]?.event_id ?? ''}
            onNearEnd={readOn}
            renderRow={(index, focus) => {
              const event = events[index];
              return (
                event && (
                  <ResultRow event={event} tabIndex={focus.tabIndex} row={focus['data-row']} open={open} />
                )
              );
            }}
          />
        </div>
        <div className={styles.foot}>
          {isFetching ? 'Searching…' : hasNextPage ? '' : `That is all: ${countText(events.length)}.`}
          {!isFetching && hasNextPage && <Button onClick={readOn}>Search further back</Button>}
        </div>
      </Panel>
    </>
  );
}

function useOpen(): (event: AuditRecord) => void {
  const navigate = useNavigate();
  return useCallback(
    ({ correlation_id, event_id }) =>
      void navigate({
        to: '/trail/$correlationId',
        params: { correlationId: correlation_id },
        search: { event: event_id },
      }),
    [navigate],
  );
}

// Counting begins when there is something to look at, and only where the first page does not have all.
function useTotalText(filters: SearchFilters, first: AuditEventsQueryResponse | undefined): string {
  const hasMore = first?.pagination.has_more === true;
  const { data } = useQuery({ ...eventTotalQuery(filters), enabled: hasMore });
  if (first === undefined) return '';
  if (!hasMore) return countText(first.data.length);
  if (data?.total === undefined) return 'counting…';
  return data.total_is_capped === true ? `more than ${countText(data.total)}` : countText(data.total);
}

function countText(count: number): string {
  return count === 1 ? '1 event' : `${numberText(count)} events`;
}

function Nothing({
  filters,
  isOfBefore,
}: {
  readonly filters: SearchFilters;
  readonly isOfBefore: boolean;
}): ReactElement {
  // That the search before found nothing says nothing of this one.
  if (isOfBefore) return <RowsSkeleton rows={10} />;
  if (countFilters(filters) === 0) {
    return <EmptyState heading="The log is empty">No producer has sent an event yet.</EmptyState>;
  }
  return (
    <EmptyState heading="No event matches">
      Take a condition away, or another reading of what you looked for. Records that were purged after their
      retention are not found.
    </EmptyState>
  );
}
