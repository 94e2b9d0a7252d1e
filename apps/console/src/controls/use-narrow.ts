import { useSyncExternalStore } from 'react';

// The breakpoint of the styles below which rows stand in several lines.
const query = matchMedia('(max-width: 60rem)');

/** Whether the page is narrow, for what styles alone cannot say, such as the height of a row. */
export function useNarrow(): boolean {
  return useSyncExternalStore(subscribe, () => query.matches);
}

function subscribe(listener: () => void): () => void {
  query.addEventListener('change', listener);
  return () => query.removeEventListener('change', listener);
}
