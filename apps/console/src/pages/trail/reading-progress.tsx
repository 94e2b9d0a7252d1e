import { Progress } from '@base-ui/react/progress';
import type { ReactElement } from 'react';
import { numberText } from '../../format/number-text.ts';
import styles from './reading-progress.module.css';
import type { TrailReading } from './use-trail.ts';

/** How far the events of a trail have come. */
export function ReadingProgress({ reading }: { readonly reading: TrailReading }): ReactElement {
  const { loaded, total = 0 } = reading;
  // The server counts up to a limit: there may be more than it says.
  const of = Math.max(total, loaded);
  return (
    <Progress.Root
      className={styles.progress}
      value={of === 0 ? null : loaded}
      max={Math.max(1, of)}
      aria-label="Events read"
    >
      <span>{of === 0 ? 'Reading the trail…' : `${numberText(loaded)} of ${numberText(of)} events`}</span>
      <Progress.Track className={styles.track}>
        <Progress.Indicator className={styles.indicator} />
      </Progress.Track>
    </Progress.Root>
  );
}
