import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';
import type { TrailSearch } from './trail-search.ts';

/** What is looked at, which the address says, and how to look at something else. */
export interface TrailView extends TrailSearch {
  readonly correlationId: string;
  /** Opens the drawer of an event, or closes it. */
  readonly openEvent: (eventId: string | undefined) => void;
  /** Compares with another correlation, or no longer. */
  readonly compareWith: (correlationId: string | undefined) => void;
}

/** Reads the address of the trail page. */
export function useTrailView(): TrailView {
  const { correlationId } = useParams({ from: '/trail/$correlationId' });
  const search = useSearch({ from: '/trail/$correlationId' });
  const navigate = useNavigate({ from: '/trail/$correlationId' });
  const openEvent = useCallback(
    (eventId: string | undefined) =>
      void navigate({
        search: ({ with: other }) => ({
          ...(other !== undefined && { with: other }),
          ...(eventId !== undefined && { event: eventId }),
        }),
        resetScroll: false,
        replace: true,
      }),
    [navigate],
  );
  const compareWith = useCallback(
    (other: string | undefined) =>
      void navigate({ search: other === undefined ? {} : { with: other }, resetScroll: false }),
    [navigate],
  );
  return useMemo(
    () => ({ correlationId, ...search, openEvent, compareWith }),
    [correlationId, search, openEvent, compareWith],
  );
}
