import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactElement, ReactNode } from 'react';
import { FailureState } from './failure-state.tsx';
import styles from './loaded.module.css';
import { RowsSkeleton } from './rows-skeleton.tsx';

/** Options of {@link Loaded}. */
export interface LoadedProps<Data> {
  /** What `useQuery` gave. */
  readonly query: UseQueryResult<Data>;
  /** Stands there until the first answer; default rows. */
  readonly skeleton?: ReactNode;
  /** Shows the answer. An answer that holds nothing is the caller's: show an `EmptyState`. */
  readonly children: (data: Data) => ReactNode;
}

/** Shows what was asked of the server: a skeleton, then the answer, or why there is none. An older answer stays. */
export function Loaded<Data>({ query, skeleton, children }: LoadedProps<Data>): ReactElement {
  const failure =
    query.error === null ? null : <FailureState error={query.error} retry={() => void query.refetch()} />;
  if (query.data === undefined) return <>{failure ?? skeleton ?? <RowsSkeleton />}</>;
  return (
    <>
      {failure !== null && <div className={styles.above}>{failure}</div>}
      {children(query.data)}
    </>
  );
}
