import type { ReactElement } from 'react';
import { Icon } from '../../../controls/icon.tsx';
import { type Tone, toneIcons } from './outcome-tone.ts';
import styles from './tone-badge.module.css';

/** Says in a word how something went, with drawing and colour. */
export function ToneBadge({ tone, word }: { readonly tone: Tone; readonly word: string }): ReactElement {
  return (
    <span className={`${styles.badge} ${styles[tone]}`}>
      <Icon name={toneIcons[tone]} />
      {word}
    </span>
  );
}
