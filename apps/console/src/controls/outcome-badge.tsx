import type { EventOutcome } from '@audit/schema';
import type { ReactElement } from 'react';
import { ToneBadge } from './tone-badge.tsx';

/** Options of {@link OutcomeBadge}. */
export interface OutcomeBadgeProps {
  readonly outcome: EventOutcome;
  /** Words that say more than the outcome; default its name. */
  readonly children?: string;
}

/** Shows the outcome of an event, or of a whole remediation, by word, drawing and colour. */
export function OutcomeBadge({ outcome, children = outcome }: OutcomeBadgeProps): ReactElement {
  return <ToneBadge tone={outcome} word={children} />;
}
