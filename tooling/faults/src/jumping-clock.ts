import type { Clock, ClockTimer } from '@audit/client';
import type { Random } from './random.ts';

/** A clock whose time of day can be set wrong; durations and timers stay right, as on a real machine. */
export interface JumpingClock extends Clock {
  /** Moves the time by up to six hours, backward or forward. */
  jump(): void;
}

/** Creates a clock that is right until its first jump. */
export function createJumpingClock(random: Random): JumpingClock {
  let offsetMs = 0;
  return {
    now: () => Date.now() + offsetMs,
    monotonicMs: () => performance.now(),
    setTimeout: (callback, delayMs): ClockTimer => setTimeout(callback, delayMs),
    // Only timers of this clock come here, and it makes no others than those of Node.
    clearTimeout: (timer) => clearTimeout(timer as NodeJS.Timeout),
    jump() {
      offsetMs = random.integer(-6 * 3_600_000, 6 * 3_600_000);
    },
  };
}
