/** A server's clock that a test sets. */
export interface TestClock {
  /** Milliseconds since 1970. */
  time: number;
  readonly now: () => number;
}

/** Makes a clock that stands still at a time; purges are refused ahead of the database's clock, so choose the past. */
export function stoppedAt(time: string): TestClock {
  const clock: TestClock = { time: Date.parse(time), now: () => clock.time };
  return clock;
}

/** Milliseconds of some days. */
export function days(count: number): number {
  return count * 86_400_000;
}
