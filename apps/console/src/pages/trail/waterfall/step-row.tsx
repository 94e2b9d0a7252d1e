import type { TrailStep } from '@audit/trail';
import { memo, type NamedExoticComponent, type ReactElement } from 'react';
import { Icon } from '../../../controls/icon.tsx';
import type { RowFocus } from '../../../controls/virtual-rows.tsx';
import { durationText } from '../../../format/duration-text.ts';
import { EventText } from '../../../format/event-text.tsx';
import { eventIdOf } from '../event-id-of.ts';
import { EventLink } from '../event-link.tsx';
import type { TrailView } from '../use-trail-view.ts';
import type { Relation } from './relation-of.ts';
import styles from './step-row.module.css';

/** Options of {@link StepRow}. */
export interface StepRowProps {
  readonly step: TrailStep;
  /** Of the whole trail. */
  readonly durationMs: number;
  /** What the step is to the one that is pointed at. */
  readonly relation: Relation;
  /** Points at a step by its place, or at none. */
  readonly point: (step: number | undefined) => void;
  readonly tabIndex: RowFocus['tabIndex'];
  readonly row: RowFocus['data-row'];
  readonly view: TrailView;
}

/** One step, drawn again only when it changes: when, which service, what happened, where it lies in time, how long it took, how it ended. */
export const StepRow: NamedExoticComponent<StepRowProps> = memo(function StepRow({
  step,
  durationMs,
  relation,
  point,
  tabIndex,
  row,
  view,
}: StepRowProps): ReactElement {
  const eventId = eventIdOf(step);
  const outcome = step.outcome ?? 'pending';
  const classes = [
    styles.step,
    styles[outcome],
    relation !== undefined && styles[relation],
    view.event === eventId && styles.isOpen,
  ];
  return (
    <EventLink
      view={view}
      eventId={eventId}
      className={classes.filter(Boolean).join(' ')}
      tabIndex={tabIndex}
      data-row={row}
      onFocus={() => point(step.index)}
      onBlur={() => point(undefined)}
      onMouseEnter={() => point(step.index)}
      onMouseLeave={() => point(undefined)}
    >
      <span className={styles.offset}>
        {step.offsetMs === undefined ? 'no time' : `+${durationText(step.offsetMs)}`}
      </span>
      <span className={styles.service}>
        <EventText text={step.service} charsMax={40} />
      </span>
      <span className={styles.what}>
        {(relation === 'cause' || relation === 'effect') && (
          <span className={styles.relation}>{relation}</span>
        )}
        <span className={styles.title}>
          <EventText text={step.title} charsMax={80} />
        </span>
        <span className={styles.news}>
          <EventText text={step.news.join(' · ')} charsMax={240} />
        </span>
      </span>
      <span className={styles.bar} aria-hidden="true">
        <span className={styles.fill} style={placeOf(step, durationMs)} />
      </span>
      <span className={styles.duration}>
        {step.durationMs === undefined ? '' : durationText(step.durationMs)}
      </span>
      <span className={`${styles.mark} ${styles[outcome]}`}>
        {step.outcome !== undefined && <Icon name={step.outcome} />}
        <span className={styles.word}>{step.outcome ?? 'outcome unknown'}</span>
      </span>
    </EventLink>
  );
});

function placeOf({ offsetMs = 0, durationMs: ownMs = 0 }: TrailStep, durationMs: number) {
  if (durationMs <= 0) return { left: 0 };
  const startMs = Math.max(0, offsetMs - ownMs);
  const left = `min(${(startMs / durationMs) * 100}%, 100% - 4px)`;
  return { left, width: `${((offsetMs - startMs) / durationMs) * 100}%` };
}
