import type { TextOutput } from '../command-context.ts';
import { formatAge, formatCount } from './quantities.ts';

/** Shows how far long work is. */
export interface Progress {
  show(done: number): void;
  /** Removes what is shown. */
  end(): void;
}

/** What a {@link Progress} is about. */
export interface ProgressSettings {
  /** How many there are; undefined when nobody knows. */
  readonly total: number | undefined;
  /** What they are, in the plural. */
  readonly what: string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** How many were done before; default 0. */
  readonly begun?: number;
}

const barChars = 30;
const redrawMs = 100;
// A rate over less than that is no rate.
const rateMs = 1_000;

/**
 * Creates a progress bar on a terminal, with rate and remaining time, or a count when no total is known; elsewhere nothing
 * is written.
 */
export function createProgress(output: TextOutput, settings: ProgressSettings): Progress {
  const { begun = 0, now, total, what } = settings;
  if (!output.isTerminal || total === 0) return { show: () => {}, end: () => {} };
  const startMs = now();
  let drawnMs = Number.NEGATIVE_INFINITY;
  return {
    show(done) {
      const nowMs = now();
      if (nowMs - drawnMs < redrawMs && done !== total) return;
      drawnMs = nowMs;
      const pace = paceOf({ done: done - begun, left: (total ?? 0) - done, passedMs: nowMs - startMs });
      output.write(`\r\u001b[K${amountOf(done, total)} ${what}${pace}`);
    },
    end: () => output.write('\r\u001b[K'),
  };
}

function amountOf(done: number, total: number | undefined): string {
  if (total === undefined) return formatCount(done);
  const part = Math.min(done, total) / total;
  const bar = '█'.repeat(Math.round(part * barChars)).padEnd(barChars, '░');
  const percent = `${Math.floor(part * 100)} %`.padStart(5);
  return `${bar} ${percent}  ${formatCount(done)} of ${formatCount(total)}`;
}

interface Pace {
  readonly done: number;
  readonly left: number;
  readonly passedMs: number;
}

function paceOf({ done, left, passedMs }: Pace): string {
  if (passedMs < rateMs || done <= 0) return '';
  const rate = `, ${formatCount(Math.round((done / passedMs) * 1_000))}/s`;
  return left > 0 ? `${rate}, ${formatAge((left / done) * passedMs)} left` : rate;
}
