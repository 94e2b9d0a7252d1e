import type { ReactElement, ReactNode } from 'react';
import styles from './table.module.css';

/** Options of {@link Table}. */
export interface TableProps {
  /** What the table shows, for who does not see it. */
  readonly label: string;
  /** `thead` and `tbody`; the classes of table.module.css align numbers. */
  readonly children: ReactNode;
}

/** A table that scrolls sideways by itself when the page is narrow, by keyboard too. */
export function Table({ label, children }: TableProps): ReactElement {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard (WCAG 2.1.1)
    <section className={styles.scroll} aria-label={label} tabIndex={0}>
      <table className={styles.table} aria-label={label}>
        {children}
      </table>
    </section>
  );
}
