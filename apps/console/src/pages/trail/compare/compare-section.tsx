import type { ReactElement } from 'react';
import { EmptyState } from '../../../states/empty-state.tsx';
import { FailureState } from '../../../states/failure-state.tsx';
import { ReadingProgress } from '../reading-progress.tsx';
import { type ReadTrail, useTrail } from '../use-trail.ts';
import { ComparisonPanel } from './comparison-panel.tsx';

/** Options of {@link CompareSection}. */
export interface CompareSectionProps {
  readonly first: ReadTrail;
  /** Correlation of the other run. */
  readonly other: string;
  readonly close: () => void;
}

/** Reads the other run and shows what differs. */
export function CompareSection({ first, other, close }: CompareSectionProps): ReactElement {
  const reading = useTrail(other);
  if (reading.read !== undefined) {
    return <ComparisonPanel first={first} second={reading.read} close={close} />;
  }
  if (reading.error !== null) return <FailureState error={reading.error} retry={reading.again} />;
  if (!reading.isEmpty) return <ReadingProgress reading={reading} />;
  return (
    <EmptyState heading="There is no other run with this correlation id">
      Check the id, or whether its records were purged after their retention.
    </EmptyState>
  );
}
