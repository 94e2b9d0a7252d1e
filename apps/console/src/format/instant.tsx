import type { ReactElement } from 'react';
import { EventText } from './event-text.tsx';
import styles from './instant.module.css';
import { instantText } from './instant-text.ts';

/** Shows a point in time in UTC, and below it in the zone of the reader. */
export function Instant({ time }: { readonly time: string }): ReactElement {
  const text = instantText(time);
  if (text === undefined) return <EventText text={time} />;
  return (
    <time className={styles.instant} dateTime={time}>
      <span className={styles.utc}>{text.utc}</span>
      <span className={styles.local}>{text.local}</span>
    </time>
  );
}
