/** What a job that pauses is told. */
export type Wish = 'go' | 'pause';

/** Lets a job be paused, resumed and cancelled from outside while it works. */
export class JobControl {
  readonly #cancelled = new AbortController();
  #wish: Wish = 'go';
  #stretch = new AbortController();
  #resume: (() => void) | undefined;

  /** Aborted once the job is cancelled. */
  get cancelled(): AbortSignal {
    return this.#cancelled.signal;
  }

  /** Aborted when the stretch of work that is under way is to end: the job is paused or cancelled. */
  get stretch(): AbortSignal {
    return AbortSignal.any([this.#cancelled.signal, this.#stretch.signal]);
  }

  /** Whether the job was asked to pause. */
  get isPaused(): boolean {
    return this.#wish === 'pause';
  }

  /** Ends the stretch under way. */
  pause(): void {
    this.#wish = 'pause';
    this.#stretch.abort();
  }

  /** Lets the job go on after {@link untilResumed}. */
  resume(): void {
    this.#wish = 'go';
    this.#stretch = new AbortController();
    this.#resume?.();
  }

  /** Ends the job. */
  cancel(): void {
    this.#cancelled.abort();
    this.#resume?.();
  }

  /**
   * Waits until the job may go on.
   * @throws the reason of {@link cancelled} when it is cancelled instead
   */
  async untilResumed(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#resume = resolve;
      if (this.#cancelled.signal.aborted) resolve();
    });
    this.#resume = undefined;
    this.#cancelled.signal.throwIfAborted();
  }
}
