/** Computing that can be left off between its steps. */
export type Steps<Result> = Iterator<void, Result>;

/**
 * Spreads computing over turns of the event loop, one step a turn, one work after the other in the order they came: between two
 * steps the answers of the database, small requests and timers are heard.
 */
export class LoopTurns {
  readonly #waiting: (() => boolean)[] = [];

  /** Does all steps of a work when its turn has come. */
  take<Result>(steps: Steps<Result>): Promise<Result> {
    return new Promise((resolve, reject) => {
      this.#waiting.push(() => {
        try {
          const step = steps.next();
          if (step.done === true) resolve(step.value);
          return step.done === true;
        } catch (error) {
          reject(error);
          return true;
        }
      });
      if (this.#waiting.length === 1) setImmediate(this.#next);
    });
  }

  readonly #next = (): void => {
    const [doStep] = this.#waiting;
    if (doStep?.() === true) this.#waiting.shift();
    if (this.#waiting.length > 0) setImmediate(this.#next);
  };
}
