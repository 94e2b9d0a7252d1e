import { useNavigate, useSearch as useRouteSearch } from '@tanstack/react-router';
import { useCallback } from 'react';
import type { SearchFilters } from '../../api/search-filters.ts';

/** What is searched for, which the address says, and how to search for something else. */
export interface Search {
  readonly filters: SearchFilters;
  /** Searches for something else. */
  readonly searchFor: (filters: SearchFilters) => void;
}

/** Reads the address of the search page. */
export function useSearch(): Search {
  const filters = useRouteSearch({ from: '/search' });
  const navigate = useNavigate({ from: '/search' });
  const searchFor = useCallback(
    (search: SearchFilters) => void navigate({ search, resetScroll: false }),
    [navigate],
  );
  return { filters, searchFor };
}
