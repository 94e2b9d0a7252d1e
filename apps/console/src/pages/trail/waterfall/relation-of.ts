import type { Trail, TrailStep } from '@audit/trail';

/** What a step is to the one that is pointed at. */
export type Relation = 'self' | 'cause' | 'effect' | undefined;

/** Tells whether a step is pointed at, caused what is, or was caused by it. */
export function relationOf(trail: Trail, step: TrailStep, pointed: number | undefined): Relation {
  if (pointed === undefined) return undefined;
  if (step.index === pointed) return 'self';
  if (trail.steps[pointed]?.parent?.step === step.index) return 'cause';
  return step.parent?.step === pointed ? 'effect' : undefined;
}
