import { type ReactElement, useState } from 'react';
import { Button } from './button.tsx';
import styles from './command-line.module.css';

/** Options of {@link CommandLine}. */
export interface CommandLineProps {
  /** What `shellCommand` wrote. */
  readonly command: string;
}

/** The line of the command line `audit` that does the same, folded away until somebody wants it. */
export function CommandLine({ command }: CommandLineProps): ReactElement {
  const [copied, setCopied] = useState<string>();
  const copy = async () => {
    await navigator.clipboard.writeText(command);
    setCopied(command);
  };
  return (
    <details className={styles.details}>
      <summary className={styles.summary}>As a command</summary>
      <div className={styles.line}>
        <code>{command}</code>
        <Button onClick={() => void copy()}>{copied === command ? 'Copied' : 'Copy'}</Button>
      </div>
    </details>
  );
}
