import type { ChangedMember, ChangedStep } from '@audit/trail';
import type { ReactElement } from 'react';
import { durationText } from '../../../format/duration-text.ts';
import { EventText } from '../../../format/event-text.tsx';
import { LongText } from '../../../format/long-text.tsx';
import { numberText } from '../../../format/number-text.ts';
import styles from './comparison-panel.module.css';
import { Pair } from './pair.tsx';

const stepsMax = 40;
const membersMax = 12;

/** The steps that both runs have and that went differently: outcome, duration, values. Names and times always differ. */
export function ChangedSteps({ changed }: { readonly changed: readonly ChangedStep[] }): ReactElement {
  return (
    <div className={styles.section}>
      <h3>Went differently</h3>
      {changed.length === 0 && <p className={styles.sub}>no step that both have</p>}
      {changed.slice(0, stepsMax).map((step) => (
        <Changed key={step.first.index} step={step} isOpen={changed.length <= openMax} />
      ))}
      {changed.length > stepsMax && (
        <p className={styles.sub}>and {numberText(changed.length - stepsMax)} more</p>
      )}
    </div>
  );
}

// So many are read at a glance.
const openMax = 3;

function Changed({ step, isOpen }: { readonly step: ChangedStep; readonly isOpen: boolean }): ReactElement {
  const { first, outcome, durationMs } = step;
  const values = step.members.filter(({ kind }) => kind === 'value');
  return (
    <details className={styles.step} open={isOpen}>
      <summary>
        <EventText text={first.title} />{' '}
        <span className={styles.sub}>
          <EventText text={whatDiffers(step, values)} charsMax={160} />
        </span>
      </summary>
      {outcome !== undefined && (
        <Pair label="outcome" first={outcome.first ?? 'unknown'} second={outcome.second ?? 'unknown'} />
      )}
      {durationMs !== undefined && (
        <Pair label="duration" first={timeText(durationMs.first)} second={timeText(durationMs.second)} />
      )}
      {values.slice(0, membersMax).map((member) => (
        <Pair
          key={member.pointer}
          label={<EventText text={member.pointer.slice(1)} charsMax={120} />}
          first={<Value member={member} side="first" />}
          second={<Value member={member} side="second" />}
        />
      ))}
    </details>
  );
}

function whatDiffers({ outcome, durationMs }: ChangedStep, values: readonly ChangedMember[]): string {
  const names = values.map(({ pointer }) => pointer.slice(1));
  return [outcome && 'outcome', durationMs && 'duration', ...names].filter(Boolean).join(', ');
}

function timeText(durationMs: number | undefined): string {
  return durationMs === undefined ? 'unknown' : durationText(durationMs);
}

const shortCharsMax = 120;

function Value({
  member,
  side,
}: {
  readonly member: ChangedMember;
  readonly side: 'first' | 'second';
}): ReactElement {
  const value = member[side];
  if (value === undefined) return <span className={styles.sub}>not there</span>;
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > shortCharsMax ? <LongText text={text} /> : <EventText text={text} />;
}
