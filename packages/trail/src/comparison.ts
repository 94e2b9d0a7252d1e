import type { EventOutcome } from '@audit/schema';
import type { StageName } from './explanation.ts';
import type { OutcomeStatus, TrailStep } from './trail.ts';

/** What differs between two remediations. */
export interface TrailComparison {
  readonly outcome: Difference<OutcomeStatus>;
  readonly durationMs: Difference<number | undefined>;
  /** Steps of the first that the second does not have, in order. */
  readonly onlyInFirst: readonly TrailStep[];
  readonly onlyInSecond: readonly TrailStep[];
  /** Steps that both have and that differ. */
  readonly changed: readonly ChangedStep[];
  /** How many steps both have, changed or not. */
  readonly shared: number;
  /** Facts of the decision path that differ, in its order; times and measures are left out. */
  readonly decisions: readonly ChangedFact[];
}

/** A value in the first and in the second. */
export interface Difference<Value> {
  readonly first: Value;
  readonly second: Value;
}

/** A step that both remediations have and that went differently. */
export interface ChangedStep {
  readonly first: TrailStep;
  readonly second: TrailStep;
  readonly outcome?: Difference<EventOutcome | undefined>;
  readonly durationMs?: Difference<number | undefined>;
  readonly members: readonly ChangedMember[];
}

/** A member of the payload that differs. */
export interface ChangedMember {
  /** JSON pointer from the top of `event_data`. */
  readonly pointer: string;
  /** `value`: something that was decided or found; the others differ between any two remediations. */
  readonly kind: 'value' | 'identity' | 'time' | 'measure';
  /** Undefined where the member is not there. */
  readonly first: unknown;
  readonly second: unknown;
}

/** A fact of the decision path that differs. */
export interface ChangedFact {
  readonly stage: StageName;
  readonly name: string;
  readonly label: string;
  /** All texts of the fact; none when the stage does not have it. */
  readonly first: readonly string[];
  readonly second: readonly string[];
}
