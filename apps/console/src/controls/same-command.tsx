import type { ReactElement } from 'react';
import { CommandLine } from './command-line.tsx';
import styles from './same-command.module.css';

/** The command that does the same as the panel above it, folded away until somebody wants it. */
export function SameCommand({ words }: { readonly words: readonly string[] }): ReactElement {
  return (
    <details className={styles.details}>
      <summary className={styles.summary}>As a command</summary>
      <div className={styles.line}>
        <CommandLine words={words} />
      </div>
    </details>
  );
}
