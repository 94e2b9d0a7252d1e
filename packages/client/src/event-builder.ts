import type { EventDefinition, EventDraft, EventSkip } from '@audit/schema';

/** A pure function from what a service knows to an event, or to the decision to record nothing. */
export type EventBuilder<Input> = (input: Input) => EventDraft | EventSkip;

/**
 * The builders that a table of events needs: one per event, under its name. Use it with `satisfies`, so that a missing,
 * misnamed or wrong-typed builder does not compile.
 *
 * @example
 * import * as builders from './builders.ts';
 * builders satisfies BuildersFor<typeof workflowexecutionEvents>;
 */
export type BuildersFor<Events extends Readonly<Record<string, EventDefinition>>> = {
  readonly [Name in keyof Events]: (input: never) => EventDraft<Events[Name]> | EventSkip;
};
