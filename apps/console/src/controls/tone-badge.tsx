import type { ReactElement } from 'react';
import { Icon, type IconName } from './icon.tsx';
import styles from './tone-badge.module.css';

/** How something went, for colour and drawing; a word says it too. */
export type Tone = 'success' | 'failure' | 'pending' | 'quiet';

/** Says in a word how something went, with drawing and colour. */
export function ToneBadge({ tone, word }: { readonly tone: Tone; readonly word: string }): ReactElement {
  return (
    <span className={`${styles.badge} ${styles[tone]}`}>
      <Icon name={toneIcons[tone]} />
      {word}
    </span>
  );
}

const toneIcons = {
  success: 'success',
  failure: 'failure',
  pending: 'pending',
  quiet: 'empty',
} as const satisfies Record<Tone, IconName>;
