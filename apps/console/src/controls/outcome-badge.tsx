import type { EventOutcome } from '@audit/schema';
import type { ReactElement } from 'react';
import { Icon } from './icon.tsx';
import styles from './outcome-badge.module.css';

/** Shows the outcome of an event by word, drawing and colour. */
export function OutcomeBadge({ outcome }: { readonly outcome: EventOutcome }): ReactElement {
  return (
    <span className={`${styles.badge} ${styles[outcome]}`}>
      <Icon name={outcome} />
      {outcome}
    </span>
  );
}
