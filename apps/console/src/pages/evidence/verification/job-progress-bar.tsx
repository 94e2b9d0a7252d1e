import { Progress } from '@base-ui/react/progress';
import type { ReactElement } from 'react';
import type { JobProgress } from './messages.ts';
import { progressWords } from './progress-words.ts';
import styles from './verify-panel.module.css';

/** Options of {@link JobProgressBar}. */
export interface JobProgressBarProps {
  /** Undefined before the first word of it. */
  readonly progress: JobProgress | undefined;
  /** Why nothing moves, where nothing does. */
  readonly standing?: string | undefined;
}

/** Shows how far the verification of a log is: records, percent, rate. */
export function JobProgressBar({ progress, standing }: JobProgressBarProps): ReactElement {
  const words = progress && progressWords(progress);
  return (
    <Progress.Root
      className={styles.progress}
      value={words?.percent ?? null}
      aria-label="Verification of the log"
    >
      <p className={styles.numbers}>
        <span>{words === undefined ? 'Asking for the checkpoint and the keys…' : words.records}</span>
        {words !== undefined && <span>{words.percent} %</span>}
      </p>
      <Progress.Track className={styles.track}>
        <Progress.Indicator className={styles.bar} />
      </Progress.Track>
      <p className={styles.rate}>{standing ?? words?.rate}</p>
    </Progress.Root>
  );
}
