/** A timer started by {@link Clock.setTimeout}. */
export interface ClockTimer {
  /** Lets the process exit although the timer has not fired. */
  unref(): unknown;
}

/** Time as the client sees it. Tests inject their own to control it. */
export interface Clock {
  /** Milliseconds since 1970 (UTC); an operator or NTP may set it back or forward. For times that are written down. */
  now(): number;
  /** Milliseconds since any fixed moment, never set back or forward. For durations. */
  monotonicMs(): number;
  /** Calls back once after a delay in milliseconds. */
  setTimeout(callback: () => void, delayMs: number): ClockTimer;
  /** Cancels a timer that this clock made. */
  clearTimeout(timer: ClockTimer): void;
}

/** The clock and the timers of the process. */
export const systemClock: Clock = {
  now: () => Date.now(),
  monotonicMs: () => performance.now(),
  setTimeout: (callback, delayMs) => setTimeout(callback, delayMs),
  // Only timers of this clock come here, and it makes no others than those of Node.
  clearTimeout: (timer) => clearTimeout(timer as NodeJS.Timeout),
};

/** Longest delay Node's timers keep; a longer one fires at once. */
export const delayMsMax = 2_147_483_647;
