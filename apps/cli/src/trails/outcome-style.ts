import type { OutcomeStatus } from '@audit/trail';
import type { Styles } from '../output/styles.ts';

/** Writes how a remediation ended, for somebody who looks at nothing else. */
export function outcomeWord(status: OutcomeStatus, styles: Styles): string {
  const word = status.replace('_', ' ').toUpperCase();
  if (status === 'succeeded') return styles.bold(styles.green(word));
  return status === 'running' || status === 'unknown' || status === 'blocked'
    ? styles.bold(styles.yellow(word))
    : styles.bold(styles.red(word));
}
