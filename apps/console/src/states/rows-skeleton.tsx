import type { ReactElement } from 'react';
import styles from './rows-skeleton.module.css';

/** Stands where rows are being loaded, about as high as they will be; appears only when that takes noticeably long. */
export function RowsSkeleton({ rows = 6 }: { readonly rows?: number }): ReactElement {
  return (
    <div className={styles.skeleton} role="status">
      <span className={styles.words}>Loading…</span>
      {Array.from({ length: rows }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the rows are all alike
        <span key={row} className={styles.row} />
      ))}
    </div>
  );
}
