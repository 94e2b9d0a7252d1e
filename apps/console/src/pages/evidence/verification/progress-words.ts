import { durationText } from '../../../format/duration-text.ts';
import { numberText } from '../../../format/number-text.ts';
import type { JobProgress } from './messages.ts';

/** How far a verification is, for people. */
export interface ProgressWords {
  /** Whole percent, rounded down: 100 is the end. */
  readonly percent: number;
  /** `40,000 of 100,000 records`. */
  readonly records: string;
  /** `52,000 records/s, 4.1 s left`; empty before anybody can tell. */
  readonly rate: string;
}

const rateAfterMs = 250;

/** Says how far a verification is and how fast it goes. */
export function progressWords({ activeMs, done, total }: JobProgress): ProgressWords {
  const perMs = activeMs < rateAfterMs ? 0 : done / activeMs;
  const left = perMs === 0 ? '' : `, ${durationText((total - done) / perMs)} left`;
  return {
    percent: total === 0 ? 100 : Math.floor((100 * done) / total),
    records: `${numberText(done)} of ${numberText(total)} records`,
    rate: perMs === 0 ? '' : `${numberText(Math.round(perMs * 1_000))} records/s${done < total ? left : ''}`,
  };
}

/** Says how long a verification took: `100,000 records in 2.4 s, 41,667 records/s`. */
export function durationWords({ activeMs, done }: JobProgress): string {
  const rate =
    done === 0 ? '' : `, ${numberText(Math.round((done / Math.max(activeMs, 1)) * 1_000))} records/s`;
  return `${numberText(done)} records in ${durationText(activeMs)}${rate}`;
}
