import type { Clock, ClockTimer } from './clock.ts';

/** One timer at a time, which never keeps the process alive. */
export class WakeTimer {
  readonly #clock: Clock;
  readonly #onWake: () => void;
  #timer: ClockTimer | undefined;
  /** By the monotonic clock: a wall clock that is set back would let no timer start any more. */
  #dueMs = Number.POSITIVE_INFINITY;

  constructor(clock: Clock, onWake: () => void) {
    this.#clock = clock;
    this.#onWake = onWake;
  }

  get isStarted(): boolean {
    return this.#timer !== undefined;
  }

  /** Wakes after a delay, unless the timer is due earlier anyway. */
  start(delayMs: number): void {
    const dueMs = this.#clock.monotonicMs() + delayMs;
    if (dueMs >= this.#dueMs) return;
    this.clear();
    this.#dueMs = dueMs;
    this.#timer = this.#clock.setTimeout(this.#onWake, delayMs);
    this.#timer.unref();
  }

  clear(): void {
    if (this.#timer !== undefined) this.#clock.clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#dueMs = Number.POSITIVE_INFINITY;
  }
}
