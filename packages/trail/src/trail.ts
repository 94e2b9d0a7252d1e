import type { EventOutcome } from '@audit/schema';
import type { TrailEvent } from './trail-event.ts';

/** The events of one correlation, read as a story. */
export interface Trail {
  /** The correlation that most events name; empty when there is no event. */
  readonly correlationId: string;
  /** Other correlations that events name, sorted; they are in the trail like the rest. */
  readonly otherCorrelationIds: readonly string[];
  /** What it is about. */
  readonly subject: TrailSubject;
  readonly outcome: TrailOutcome;
  /**
   * Time of the first event in milliseconds since 1970; undefined when no event has a readable time. What the store tells of
   * itself, such as a hold or an export, begins and prolongs nothing.
   */
  readonly startMs: number | undefined;
  /** From the first event to the last, in milliseconds. */
  readonly durationMs: number | undefined;
  /** Every event given, once, each after its cause, else in the order of time. */
  readonly steps: readonly TrailStep[];
  /** Places in {@link steps} of those that failed, the one that decided the outcome first, then in order. */
  readonly failures: readonly number[];
  /** Places where the trail says too little, in the order of time. */
  readonly gaps: readonly TrailGap[];
  /** What took time, in the order of its start. */
  readonly spans: readonly TrailSpan[];
  /** One lane per service, in the order of their first steps: the rows of a waterfall. */
  readonly lanes: readonly ServiceLane[];
  /** How many times an event was given again, word for word, and left out. */
  readonly repeats: number;
}

/** What a remediation is about, as its signal says. */
export interface TrailSubject {
  readonly alert?: string;
  readonly severity?: string;
  /** `Deployment checkout`. */
  readonly resource?: string;
  readonly namespace?: string;
  readonly cluster?: string;
}

/** How a remediation ended. `unknown`: no event is of a remediation. `running`: none tells of an end. */
export type OutcomeStatus =
  | 'succeeded'
  | 'failed'
  | 'rejected'
  | 'timed_out'
  | 'blocked'
  | 'running'
  | 'unknown';

/** How a remediation ended, and which step says so. */
export interface TrailOutcome {
  readonly status: OutcomeStatus;
  /** One sentence. */
  readonly summary: string;
  /** Place of the step that says so. */
  readonly step?: number;
}

/** One event as a person reads it. */
export interface TrailStep {
  /** Place in the trail, from 0. */
  readonly index: number;
  /** The event as it was given. */
  readonly event: TrailEvent;
  readonly type: string;
  /** Whether the contract has this type. */
  readonly isKnown: boolean;
  /** Service that emits this type. */
  readonly service: string;
  /** What happened, in words; the type itself when the contract does not have it. */
  readonly title: string;
  /** What the event says. */
  readonly details: readonly string[];
  /** What the event says that no step before it did. */
  readonly news: readonly string[];
  readonly actor: TrailActor | undefined;
  readonly resource: TrailResource | undefined;
  /** Undefined when the event has none that the contract knows. */
  readonly outcome: EventOutcome | undefined;
  readonly error: StepError | undefined;
  /** When it happened, in milliseconds since 1970; undefined when it cannot be read. */
  readonly timeMs: number | undefined;
  /** Since the first event of the trail, in milliseconds. */
  readonly offsetMs: number | undefined;
  /** How long what ended here took, in milliseconds. */
  readonly durationMs: number | undefined;
  /** `event`: the event says how long; `pair`: from the step that began it to this one. */
  readonly durationFrom: 'event' | 'pair' | undefined;
  /** How much later the store received it than it happened, in milliseconds; negative when clocks disagree. */
  readonly delayMs: number | undefined;
  readonly parent: ParentLink | undefined;
  /** JSON pointers of members that were erased. */
  readonly erased: readonly string[];
  /** Number of members whose values are withheld. */
  readonly withheld: number;
}

/** Who acted. */
export interface TrailActor {
  readonly type: string;
  readonly id: string;
  /** Whether a person acted. */
  readonly isPerson: boolean;
}

/** What was acted on. */
export interface TrailResource {
  readonly type: string;
  readonly id: string;
  readonly namespace?: string;
  readonly cluster?: string;
}

/** What went wrong at a step. */
export interface StepError {
  readonly message: string;
  readonly code?: string;
  readonly component?: string;
  readonly reason?: string;
  readonly retryPossible?: boolean;
}

/** The event that caused a step. */
export interface ParentLink {
  readonly eventId: string;
  /** Its place in the trail; undefined when it never came, or when events name each other in a circle. */
  readonly step: number | undefined;
}

/** Something that took time. */
export interface TrailSpan {
  readonly service: string;
  /** What it was: `phase Analyzing`, `language model`, `approval`. */
  readonly name: string;
  /** `phase`: a state that a controller was in; `work`: something that somebody did or waited for. */
  readonly kind: 'phase' | 'work';
  readonly offsetMs: number;
  /** Undefined while it has no end. */
  readonly durationMs: number | undefined;
  readonly outcome: EventOutcome | undefined;
  /** Step that began it; undefined when only its end tells how long it took. */
  readonly startStep: number | undefined;
  /** Step that ended it. */
  readonly endStep: number | undefined;
}

/** What a service did. */
export interface ServiceLane {
  readonly service: string;
  readonly offsetMs: number;
  readonly durationMs: number;
  readonly steps: readonly number[];
  /** Places in the spans of the trail. */
  readonly spans: readonly number[];
  readonly failures: number;
}

/** A place where the trail says too little. */
export interface TrailGap {
  readonly kind: GapKind;
  /** Why it is called a gap, as a sentence. */
  readonly why: string;
  /** The gap is after this step; undefined when it is before the first. */
  readonly afterStep: number | undefined;
  readonly offsetMs: number | undefined;
  readonly durationMs: number | undefined;
}

/**
 * `silence`: a stretch without events; `never_ended`: something began and has no end; `missing_step`: an event that the
 * others presuppose; `missing_parent`: a cause that never came; `missing_record`: the chain of hashes names a record
 * that is not here.
 */
export type GapKind = 'silence' | 'never_ended' | 'missing_step' | 'missing_parent' | 'missing_record';
