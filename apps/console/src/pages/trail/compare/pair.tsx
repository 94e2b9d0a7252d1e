import type { ReactElement, ReactNode } from 'react';
import styles from './comparison-panel.module.css';

/** One thing in the first and the second run. */
export function Pair({
  label,
  first,
  second,
}: {
  readonly label: ReactNode;
  readonly first: ReactNode;
  readonly second: ReactNode;
}): ReactElement {
  return (
    <div className={styles.pair}>
      <div className={styles.label}>{label}</div>
      <div className={styles.side}>{first}</div>
      <div className={styles.side}>{second}</div>
    </div>
  );
}
