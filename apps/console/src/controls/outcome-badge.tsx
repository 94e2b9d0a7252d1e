import type { EventOutcome } from '@audit/schema';
import type { ReactElement } from 'react';
import { Icon } from './icon.tsx';
import styles from './outcome-badge.module.css';

/** Options of {@link OutcomeBadge}. */
export interface OutcomeBadgeProps {
  readonly outcome: EventOutcome;
  /** Words that say more than the outcome; default its name. */
  readonly children?: string;
}

/** Shows the outcome of an event, or of a whole remediation, by word, drawing and colour. */
export function OutcomeBadge({ outcome, children = outcome }: OutcomeBadgeProps): ReactElement {
  return (
    <span className={`${styles.badge} ${styles[outcome]}`}>
      <Icon name={outcome} />
      {children}
    </span>
  );
}
