import type { Clock, ClockTimer } from './clock.ts';

interface ManualTimer extends ClockTimer {
  /** By the monotonic clock. */
  readonly dueMs: number;
  readonly callback: () => void;
}

/** Lets every promise that can settle without a timer settle. */
export function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** A clock that moves only when a test moves it. */
export class ManualClock implements Clock {
  #monotonicMs = 0;
  /** What the wall clock shows beyond the monotonic clock. */
  #wallMs = Date.UTC(2026, 0, 15);
  readonly #timers = new Set<ManualTimer>();

  now(): number {
    return this.#wallMs + this.#monotonicMs;
  }

  monotonicMs(): number {
    return this.#monotonicMs;
  }

  /** Sets the wall clock forward, or back, as an operator does: timers do not notice. */
  setWallClock(jumpMs: number): void {
    this.#wallMs += jumpMs;
  }

  setTimeout(callback: () => void, delayMs: number): ClockTimer {
    const timer = { dueMs: this.#monotonicMs + delayMs, callback, unref: () => {} };
    this.#timers.add(timer);
    return timer;
  }

  clearTimeout(timer: ClockTimer): void {
    for (const known of this.#timers) if (known === timer) this.#timers.delete(known);
  }

  /** Moves time forward, calling back what becomes due on the way and letting its work settle. */
  async advance(durationMs: number): Promise<void> {
    const endMs = this.#monotonicMs + durationMs;
    await settle();
    for (let next = this.#nextDue(endMs); next !== undefined; next = this.#nextDue(endMs)) {
      this.#timers.delete(next);
      this.#monotonicMs = Math.max(this.#monotonicMs, next.dueMs);
      next.callback();
      await settle();
    }
    this.#monotonicMs = endMs;
  }

  #nextDue(endMs: number): ManualTimer | undefined {
    const due = [...this.#timers].filter((timer) => timer.dueMs <= endMs);
    return due.sort((left, right) => left.dueMs - right.dueMs)[0];
  }
}
