import type { ReactElement } from 'react';
import { EventText } from '../format/event-text.tsx';
import { shellQuote } from '../format/shell-quote.ts';
import styles from './command-line.module.css';
import { CopyButton } from './copy-button.tsx';

/** Shows the words of a command as a shell takes them, to copy. What is copied is exact, what is shown is harmless. */
export function CommandLine({ words }: { readonly words: readonly string[] }): ReactElement {
  const command = words.map(shellQuote).join(' ');
  return (
    <div className={styles.line}>
      <code className={styles.command}>
        <EventText text={command} charsMax={2_000} />
      </code>
      <CopyButton text={command} />
    </div>
  );
}
