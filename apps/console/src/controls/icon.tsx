import type { ReactElement } from 'react';
import styles from './icon.module.css';

const paths = {
  success: 'M3.5 8.5l3 3 6-7',
  failure: 'M4 4l8 8M12 4l-8 8',
  pending: 'M8 4.5V8l2.5 1.5M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0',
  warning: 'M8 6v3.2M8 11.6v.2M8 2.2l6.2 11.2H1.8z',
  lock: 'M4.5 7.5V5.4a3.5 3.5 0 0 1 7 0v2.1M3.5 7.5h9v6h-9z',
  unplugged: 'M6 2.5v3M10 2.5v3M4 5.5h8v2.2a4 4 0 0 1-8 0zM8 11.7v2.3M2 2l12 12',
  empty: 'M2.5 9.5l2-6h7l2 6v4h-11zM2.5 9.5h3l1 1.5h3l1-1.5h3',
  theme: 'M8 2.2a5.8 5.8 0 1 0 0 11.6zM8 2.2a5.8 5.8 0 0 1 0 11.6',
  pause: 'M5.5 3.5v9M10.5 3.5v9',
  live: 'M8 8v.1M4.8 11.2a4.5 4.5 0 0 1 0-6.4M11.2 4.8a4.5 4.5 0 0 1 0 6.4',
  check: 'M3.5 8.5l3 3 6-7',
} as const;

/** Name of an icon. */
export type IconName = keyof typeof paths;

/** A small drawing beside a text that says the same; nothing is said by an icon alone. */
export function Icon({ name }: { readonly name: IconName }): ReactElement {
  return (
    <svg className={styles.icon} viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      <path d={paths[name]} />
    </svg>
  );
}
