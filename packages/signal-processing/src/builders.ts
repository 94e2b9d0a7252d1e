import {
  draftEvent,
  type EventDraft,
  type EventSkip,
  onlyKnown,
  signalProcessingEvents,
  skipEvent,
} from '@audit/schema';
import { classificationMembers, severityDecisionMembers, severityMembers } from './classification.ts';
import { enrichmentMembers, surroundingMembers } from './cluster-context.ts';
import { basePayload, describeError, envelope, hasEnded, phaseOf, wholeMs } from './payload.ts';
import type { SignalProcessing } from './signal-processing.ts';

type Draft<Name extends keyof typeof signalProcessingEvents> = EventDraft<
  (typeof signalProcessingEvents)[Name]
>;

/** Input of {@link signalProcessed}. */
export interface SignalProcessedInput {
  /** The object as it is now. */
  readonly signalProcessing: SignalProcessing;
  /** `status.phase` as it was before the write; undefined or empty when there was none. */
  readonly previousPhase: string | undefined;
}

/** Builds `signalprocessing.signal.processed` for either end; skips when processing had ended before. */
export function signalProcessed(input: SignalProcessedInput): Draft<'signalProcessed'> | EventSkip {
  const { signalProcessing, previousPhase } = input;
  if (hasEnded(previousPhase)) return skipEvent('processing had ended before: its end is recorded once');
  const { status } = signalProcessing;
  const payload = basePayload(signalProcessing, 'Completed');
  return draftEvent(signalProcessingEvents.signalProcessed, {
    ...envelope(signalProcessing),
    event_outcome: payload.phase === 'Failed' ? 'failure' : 'success',
    event_data: {
      ...payload,
      ...severityMembers(signalProcessing),
      ...classificationMembers(signalProcessing),
      ...surroundingMembers(status?.kubernetesContext),
      ...onlyKnown({ error: describeError(status?.error) }),
    },
  });
}

/** Input of {@link phaseTransition}. */
export interface PhaseTransitionInput {
  /** The object as it is now. */
  readonly signalProcessing: SignalProcessing;
  /** `status.phase` as it was before the write; undefined or empty when there was none. */
  readonly previousPhase: string | undefined;
}

/** Builds `signalprocessing.phase.transition`; skips when the phase is unchanged. */
export function phaseTransition(input: PhaseTransitionInput): Draft<'phaseTransition'> | EventSkip {
  const { signalProcessing, previousPhase = '' } = input;
  const phase = signalProcessing.status?.phase ?? '';
  if (phase === previousPhase) return skipEvent('the phase is unchanged');
  return draftEvent(signalProcessingEvents.phaseTransition, {
    ...envelope(signalProcessing),
    event_outcome: 'success',
    event_data: {
      ...basePayload(signalProcessing, 'Pending'),
      from_phase: previousPhase,
      to_phase: phase,
    },
  });
}

/** Input of {@link classificationDecision}. */
export interface ClassificationDecisionInput {
  /** The object with its classification. */
  readonly signalProcessing: SignalProcessing;
  /** Whether the condition `ClassificationComplete` was true before the write. */
  readonly wasClassified: boolean;
  /** How long classifying took, in milliseconds. */
  readonly durationMs: number;
}

/** Builds `signalprocessing.classification.decision`; skips when the signal was classified before. */
export function classificationDecision(
  input: ClassificationDecisionInput,
): Draft<'classificationDecision'> | EventSkip {
  const { signalProcessing, wasClassified, durationMs } = input;
  if (wasClassified) return skipEvent('the signal was classified before: the decision is recorded once');
  const duration = onlyKnown({ duration_ms: wholeMs(durationMs) });
  return draftEvent(signalProcessingEvents.classificationDecision, {
    ...envelope(signalProcessing),
    ...duration,
    event_outcome: 'success',
    event_data: {
      ...basePayload(signalProcessing, 'Classifying'),
      ...severityMembers(signalProcessing),
      ...severityDecisionMembers(signalProcessing),
      ...classificationMembers(signalProcessing),
      ...duration,
    },
  });
}

/** Input of {@link businessClassified}. */
export interface BusinessClassifiedInput {
  /** The object with its business classification. */
  readonly signalProcessing: SignalProcessing;
  /** `status.phase` as it was before the write; undefined or empty when there was none. */
  readonly previousPhase: string | undefined;
}

/** Builds `signalprocessing.business.classified`; skips without a classification, and when processing had ended. */
export function businessClassified(input: BusinessClassifiedInput): Draft<'businessClassified'> | EventSkip {
  const { signalProcessing, previousPhase } = input;
  const { businessClassification } = signalProcessing.status ?? {};
  if (!businessClassification) return skipEvent('there is no business classification');
  if (hasEnded(previousPhase)) return skipEvent('processing had ended before: its end is recorded once');
  const { criticality, sla_requirement } = classificationMembers(signalProcessing);
  return draftEvent(signalProcessingEvents.businessClassified, {
    ...envelope(signalProcessing),
    event_outcome: 'success',
    event_data: {
      ...basePayload(signalProcessing, 'Completed'),
      ...severityMembers(signalProcessing),
      ...onlyKnown({ business_unit: businessClassification.businessUnit, criticality, sla_requirement }),
    },
  });
}

/** Input of {@link enrichmentCompleted}. */
export interface EnrichmentCompletedInput {
  /** The object with its Kubernetes context. */
  readonly signalProcessing: SignalProcessing;
  /** Whether the condition `EnrichmentComplete` was true before the write. */
  readonly wasEnriched: boolean;
  /** How long gathering the context took, in milliseconds. */
  readonly durationMs: number;
}

/** Builds `signalprocessing.enrichment.completed`; skips when the signal was enriched before. */
export function enrichmentCompleted(
  input: EnrichmentCompletedInput,
): Draft<'enrichmentCompleted'> | EventSkip {
  const { signalProcessing, wasEnriched, durationMs } = input;
  if (wasEnriched) return skipEvent('the signal was enriched before: enrichment is recorded once');
  const duration = onlyKnown({ duration_ms: wholeMs(durationMs) });
  return draftEvent(signalProcessingEvents.enrichmentCompleted, {
    ...envelope(signalProcessing),
    ...duration,
    event_outcome: 'success',
    event_data: {
      ...basePayload(signalProcessing, 'Enriching'),
      ...enrichmentMembers(signalProcessing.status?.kubernetesContext),
      ...duration,
    },
  });
}

/** Input of {@link errorOccurred}. */
export interface ErrorOccurredInput {
  readonly signalProcessing: SignalProcessing;
  /** Phase that failed; the status may name another one by now. */
  readonly phase: string;
  /** What was caught, or what went wrong in words. */
  readonly error: unknown;
}

/** Builds `signalprocessing.error.occurred`: a phase failed for good. */
export function errorOccurred(input: ErrorOccurredInput): Draft<'errorOccurred'> {
  const { signalProcessing, phase, error } = input;
  const failedPhase = phaseOf(phase);
  const message = describeError(error) || 'unknown error';
  return draftEvent(signalProcessingEvents.errorOccurred, {
    ...envelope(signalProcessing),
    event_outcome: 'failure',
    event_data: {
      ...basePayload(signalProcessing, 'Failed'),
      phase: failedPhase ?? 'Failed',
      error: failedPhase === undefined ? `${phase}: ${message}` : message,
    },
  });
}
