import { type ReactElement, useState } from 'react';
import { cutText } from './cut-text.ts';
import styles from './long-text.module.css';
import { numberText } from './number-text.ts';

/** Options of {@link LongText}. */
export interface LongTextProps {
  /** Text that anybody may have written, of any length and number of lines. */
  readonly text: string;
  /** `code` for JSON and the like; default `words`. */
  readonly kind?: 'words' | 'code';
}

const closed = { charsMax: 700, linesMax: 10 };
const opened = { charsMax: 50_000, linesMax: 2_000 };

/** Shows a long text harmlessly with its lines: first its beginning, more when asked, never so much that the page stands still. */
export function LongText({ text, kind = 'words' }: LongTextProps): ReactElement {
  const [isOpen, setOpen] = useState(false);
  const shown = cutText(text, isOpen ? opened : closed);
  const isCut = isOpen || shown.rest > 0;
  return (
    <div className={styles.long}>
      <pre className={`${styles.text} ${kind === 'code' ? styles.code : ''}`}>
        <bdi>{shown.text}</bdi>
        {shown.rest > 0 && '…'}
      </pre>
      {isCut && (
        <button type="button" className={styles.more} aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {isOpen ? 'Show less' : `Show more: ${numberText(text.length)} characters`}
        </button>
      )}
      {isOpen && shown.rest > 0 && (
        <span className={styles.rest}>
          {numberText(shown.rest)} more characters are in the raw record only.
        </span>
      )}
    </div>
  );
}
