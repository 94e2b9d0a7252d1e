/**
 * What is done to store events, in this order: `parse` the body, `check` the events and write what their place does not
 * decide, `look_up` what is stored of them, write each `record` and its rows, grow the `tree`, `sign` the checkpoint, store both
 * in a `transaction`; and, after the answer, store the `tiles` that became full.
 */
export type Stage = 'parse' | 'check' | 'look_up' | 'record' | 'tree' | 'sign' | 'transaction' | 'tiles';

/** Is told of every stage of storing events. */
export interface Stages {
  /** Does the computing of a stage. */
  compute<Result>(stage: Stage, work: () => Result): Result;
  /** Waits for the work of a stage. */
  wait<Result>(stage: Stage, work: () => Promise<Result>): Promise<Result>;
}

/** For who does not ask how long it takes. */
export const untimed: Stages = {
  compute: (_stage, work) => work(),
  wait: (_stage, work) => work(),
};
