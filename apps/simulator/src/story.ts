import type { Step } from './managers.ts';
import type { RemediationScript } from './scenario.ts';

/** A part of a story: what some services do, and how long it takes. */
export interface StoryPart {
  /** From the beginning of this part to that of the next. */
  readonly seconds: number;
  /**
   * What happens, in order.
   * @param start seconds from the start of the remediation to that of this part
   */
  readonly steps: (start: number) => readonly Step[];
}

/** Tells parts one after another. */
export function tell(...parts: readonly StoryPart[]): readonly Step[] {
  return inTurn(...parts).steps(0);
}

/** Joins parts that follow one another to one. */
export function inTurn(...parts: readonly StoryPart[]): StoryPart {
  return {
    seconds: parts.reduce((sum, { seconds }) => sum + seconds, 0),
    steps: (start) => {
      let next = start;
      return parts.flatMap(({ seconds, steps }) => {
        const told = steps(next);
        next += seconds;
        return told;
      });
    },
  };
}

/** Joins two parts that begin together; the story goes on when the first one is over. */
export function meanwhile(first: StoryPart, second: StoryPart): StoryPart {
  return {
    seconds: first.seconds,
    steps: (start) =>
      [...first.steps(start), ...second.steps(start)].toSorted((a, b) => a.atSeconds - b.atSeconds),
  };
}

/** Lets time pass in which no service has anything to record. */
export function pause(seconds: number): StoryPart {
  return { seconds, steps: () => [] };
}

/** Tells a whole story that begins some seconds later: every moment of it is later, also in its objects. */
export function later(seconds: number, script: RemediationScript): RemediationScript {
  return (facts) =>
    script({ ...facts, time: (atSeconds) => facts.time(atSeconds + seconds) }).map((step) => ({
      ...step,
      atSeconds: step.atSeconds + seconds,
    }));
}
