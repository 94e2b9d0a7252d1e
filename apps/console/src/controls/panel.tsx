import type { ReactElement, ReactNode } from 'react';
import styles from './panel.module.css';

/** Options of {@link Panel}. */
export interface PanelProps {
  /** Heading of the second level; a panel without one needs its own inside. */
  readonly heading?: string;
  /** Words beside the heading. */
  readonly note?: ReactNode;
  readonly children: ReactNode;
}

/** A raised area that holds one thing. */
export function Panel({ heading, note, children }: PanelProps): ReactElement {
  return (
    <section className={styles.panel}>
      {heading !== undefined && (
        <header className={styles.header}>
          <h2>{heading}</h2>
          {note !== undefined && <p className={styles.note}>{note}</p>}
        </header>
      )}
      {children}
    </section>
  );
}
