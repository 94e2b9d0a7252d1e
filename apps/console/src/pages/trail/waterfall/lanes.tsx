import type { ServiceLane, Trail } from '@audit/trail';
import { type ReactElement, useMemo } from 'react';
import { durationText } from '../../../format/duration-text.ts';
import { EventText } from '../../../format/event-text.tsx';
import { numberText } from '../../../format/number-text.ts';
import { laneMarks } from './lane-marks.ts';
import styles from './lanes.module.css';
import { timeTicks } from './time-ticks.ts';

/** Options of {@link Lanes}. */
export interface LanesProps {
  readonly trail: Trail;
  /** Service whose steps alone are listed. */
  readonly chosen: string | undefined;
  readonly choose: (service: string | undefined) => void;
}

const ticksMax = 5;

/** What each service did and how long, on one time axis; a lane that is pressed narrows the steps below to its own. */
export function Lanes({ trail, chosen, choose }: LanesProps): ReactElement {
  const durationMs = trail.durationMs ?? 0;
  return (
    <div className={styles.lanes}>
      {trail.lanes.map((lane) => (
        <Lane
          key={lane.service}
          trail={trail}
          lane={lane}
          isChosen={lane.service === chosen}
          choose={() => choose(lane.service === chosen ? undefined : lane.service)}
        />
      ))}
      <div className={styles.axis} aria-hidden="true">
        <span />
        <span />
        <div className={styles.ticks}>
          {timeTicks(durationMs, ticksMax).map((tick) => (
            <span key={tick} style={{ left: `${durationMs === 0 ? 0 : (tick / durationMs) * 100}%` }}>
              {tick === 0 ? '0' : durationText(tick)}
            </span>
          ))}
        </div>
      </div>
    </div>
  );
}

function Lane({
  trail,
  lane,
  isChosen,
  choose,
}: {
  readonly trail: Trail;
  readonly lane: ServiceLane;
  readonly isChosen: boolean;
  readonly choose: () => void;
}): ReactElement {
  const marks = useMemo(() => laneMarks(trail, lane), [trail, lane]);
  return (
    <button type="button" className={styles.lane} aria-pressed={isChosen} onClick={choose}>
      <span className={styles.name}>
        <EventText text={lane.service} charsMax={40} />
        <span className={styles.count}>{numberText(lane.steps.length)}</span>
        {lane.failures > 0 && <span className={styles.failed}>{numberText(lane.failures)} failed</span>}
      </span>
      <span className={styles.duration}>{durationText(lane.durationMs)}</span>
      <svg className={styles.track} viewBox="0 0 1000 20" preserveAspectRatio="none" aria-hidden="true">
        <path className={styles.base} d="M0 10H1000" />
        {marks.spans.map(({ start, end, kind }) => (
          <rect
            key={`${kind} ${start} ${end}`}
            className={styles[kind]}
            x={start}
            width={Math.max(2, end - start)}
            y={kind === 'phase' ? 4 : 6}
            height={kind === 'phase' ? 12 : 8}
          />
        ))}
        <path className={styles.steps} d={linesAt(marks.steps, 3)} />
        <path className={styles.failures} d={linesAt(marks.failures, 0)} />
      </svg>
    </button>
  );
}

function linesAt(places: readonly number[], top: number): string {
  return places.map((place) => `M${place} ${top}V${20 - top}`).join('');
}
