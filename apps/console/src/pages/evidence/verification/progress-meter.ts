import type { JobProgress } from './messages.ts';

const intervalMs = 100;

/** Counts what a job has done and the time it worked, and tells of it ten times a second at most. */
export class ProgressMeter {
  readonly #tell: (progress: JobProgress) => void;
  readonly #now: () => number;
  readonly total: number;
  #done = 0;
  #bytes = 0;
  #activeMs = 0;
  #runningSince: number;
  #toldAt = Number.NEGATIVE_INFINITY;

  constructor(
    total: number,
    tell: (progress: JobProgress) => void,
    now: () => number = () => performance.now(),
  ) {
    this.total = total;
    this.#tell = tell;
    this.#now = now;
    this.#runningSince = now();
  }

  /** Takes that so many are done now, and that a piece of so many bytes was read. */
  add(done: number, bytes: number): void {
    this.#done = done;
    this.#bytes += bytes;
    const now = this.#now();
    if (now - this.#toldAt < intervalMs) return;
    this.#toldAt = now;
    this.#tell(this.read());
  }

  /** Stops the clock. */
  pause(): JobProgress {
    const progress = this.read();
    this.#activeMs = progress.activeMs;
    this.#runningSince = Number.NaN;
    return progress;
  }

  /** Starts the clock again. */
  resume(): void {
    this.#runningSince = this.#now();
  }

  /** How far it is. */
  read(): JobProgress {
    const running = Number.isNaN(this.#runningSince) ? 0 : this.#now() - this.#runningSince;
    return {
      done: this.#done,
      total: this.total,
      activeMs: this.#activeMs + running,
      bytes: this.#bytes,
    };
  }
}
