import { displayText } from '@audit/schema';
import type { GapKind, TrailGap } from '@audit/trail';
import type { ReactElement } from 'react';
import { durationText } from '../../../format/duration-text.ts';
import { EventText } from '../../../format/event-text.tsx';
import styles from './gap-row.module.css';

const words = {
  silence: 'Silence',
  never_ended: 'Never ended',
  missing_step: 'Missing step',
  missing_parent: 'Missing cause',
  missing_record: 'Missing record',
} as const satisfies Record<GapKind, string>;

/** Marks a place where the trail says too little, and why it is called so. */
export function GapRow({ gap }: { readonly gap: TrailGap }): ReactElement {
  const time = gap.durationMs === undefined ? '' : ` of ${durationText(gap.durationMs)}`;
  return (
    <div className={styles.gap} title={displayText(gap.why, 1_000)}>
      <span className={styles.kind}>{`${words[gap.kind]}${time}`}</span>
      <span className={styles.why}>
        <EventText text={gap.why} charsMax={400} />
      </span>
    </div>
  );
}
