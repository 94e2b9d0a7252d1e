/**
 * Spreads computing over turns of the event loop, one piece a turn in the order it was asked for: between two large pieces the
 * answers of the database, small requests and timers are heard.
 */
export class LoopTurns {
  readonly #waiting: (() => void)[] = [];

  /** Does a piece of work when its turn has come. */
  take<Result>(work: () => Result): Promise<Result> {
    return new Promise((resolve, reject) => {
      this.#waiting.push(() => {
        try {
          resolve(work());
        } catch (error) {
          reject(error);
        }
      });
      if (this.#waiting.length === 1) setImmediate(this.#next);
    });
  }

  readonly #next = (): void => {
    this.#waiting[0]?.();
    this.#waiting.shift();
    if (this.#waiting.length > 0) setImmediate(this.#next);
  };
}
