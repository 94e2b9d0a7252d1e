import type { ReactElement, ReactNode } from 'react';
import { Icon, type IconName } from '../controls/icon.tsx';
import styles from './state-card.module.css';

/** Options of {@link StateCard}. */
export interface StateCardProps {
  readonly icon: IconName;
  /** `failure` is announced at once to who does not see it; default `neutral`. */
  readonly tone?: 'neutral' | 'failure';
  readonly heading: string;
  /** What happened and what to do about it. */
  readonly children?: ReactNode;
  /** Buttons or a form. */
  readonly actions?: ReactNode;
}

/** What stands in the place of content that is not there: why, and what to do. */
export function StateCard({
  icon,
  tone = 'neutral',
  heading,
  children,
  actions,
}: StateCardProps): ReactElement {
  return (
    <div className={`${styles.card} ${styles[tone]}`} role={tone === 'failure' ? 'alert' : undefined}>
      <span className={styles.icon}>
        <Icon name={icon} />
      </span>
      <div className={styles.body}>
        <h2>{heading}</h2>
        <div className={styles.text}>{children}</div>
        {actions !== undefined && <div className={styles.actions}>{actions}</div>}
      </div>
    </div>
  );
}
