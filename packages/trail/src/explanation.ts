import type { Trail, TrailOutcome, TrailStep } from './trail.ts';

/** Why a remediation went as it did: the decision path, what failed first. */
export interface Explanation {
  readonly correlationId: string;
  readonly outcome: TrailOutcome;
  /** What failed, the failure that decided the outcome first, then in order. */
  readonly failures: readonly TrailStep[];
  /** The decision path, always all of these, in this order. */
  readonly stages: readonly Stage[];
}

/** A stage of the decision path. */
export type StageName =
  | 'signal'
  | 'classification'
  | 'analysis'
  | 'policy'
  | 'approval'
  | 'change'
  | 'effect'
  | 'notification';

/** What happened at a stage, with the events that say so. */
export interface Stage {
  readonly name: StageName;
  /** The name for people. */
  readonly title: string;
  /** `absent`: no event tells of it, `summary` says what that means. `open`: it began and has no end on record. */
  readonly state: 'done' | 'failed' | 'open' | 'absent';
  /** One sentence. */
  readonly summary: string;
  readonly facts: readonly Fact[];
  /** Places in the trail of the events it is told from, in order. */
  readonly steps: readonly number[];
}

/** One thing that an event says. */
export interface Fact {
  /** Tells facts apart, and is the same in every trail: `prompt`, `confidence`, `tool_call`. */
  readonly name: string;
  readonly label: string;
  readonly text: string;
  /** Place in the trail of the event that says so. */
  readonly step: number;
}

/** What a stage is read from. */
export type StageReader = (trail: Trail) => Stage;
