/** Lets asynchronous work run one at a time, in the order it was asked for. */
export class Turns {
  #last: Promise<unknown> = Promise.resolve();

  /** Runs work when all work before it has ended, well or badly. */
  take<Result>(work: () => Promise<Result>): Promise<Result> {
    const result = this.#last.then(work, work);
    this.#last = result.catch(() => {
      // The caller of the work gets its error; the next in turn only waits for its end.
    });
    return result;
  }
}
