import { type ReactElement, type ReactNode, useEffect } from 'react';
import styles from './page.module.css';

/** Options of {@link Page}. */
export interface PageProps {
  /** The page's one heading of the first level, and the title of the tab. */
  readonly heading: string;
  /** What the heading shows, when that is more than its text. */
  readonly headingContent?: ReactNode;
  /** One sentence below it. */
  readonly lead?: ReactNode;
  /** Buttons beside the heading. */
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

/** The frame of every page. */
export function Page({ heading, headingContent, lead, actions, children }: PageProps): ReactElement {
  useEffect(() => {
    document.title = `${heading} · Audit trail`;
  }, [heading]);
  return (
    <div className={styles.page}>
      <header className={styles.header}>
        <div className={styles.words}>
          <h1>{headingContent ?? heading}</h1>
          {lead !== undefined && <p className={styles.lead}>{lead}</p>}
        </div>
        {actions !== undefined && <div className={styles.actions}>{actions}</div>}
      </header>
      {children}
    </div>
  );
}
