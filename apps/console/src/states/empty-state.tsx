import type { ReactElement, ReactNode } from 'react';
import { StateCard } from './state-card.tsx';

/** Options of {@link EmptyState}. */
export interface EmptyStateProps {
  readonly heading: string;
  /** Why there may be nothing, and what to do. */
  readonly children: ReactNode;
}

/** Stands where an answer came that holds nothing. */
export function EmptyState({ heading, children }: EmptyStateProps): ReactElement {
  return (
    <StateCard icon="empty" heading={heading}>
      <p>{children}</p>
    </StateCard>
  );
}
