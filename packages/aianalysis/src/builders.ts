import {
  aianalysisEvents,
  draftEvent,
  type EventDraft,
  type EventSkip,
  onlyKnown,
  skipEvent,
} from '@audit/schema';
import type { AIAnalysis, AnalysisError } from './ai-analysis.ts';
import { errorDetails } from './failure.ts';
import { shortMessage } from './free-text.ts';
import { analysisPayload, workflowMembers } from './payload.ts';
import { isFinal, isUnderWay, phaseWord } from './phase.ts';
import { policyOutcome } from './policy.ts';

type Draft<Name extends keyof typeof aianalysisEvents> = EventDraft<(typeof aianalysisEvents)[Name]>;

/** Input of {@link analysisCompleted}. */
export interface AnalysisCompletedInput {
  readonly analysis: AIAnalysis;
  /** Phase before the change: an analysis that had ended is reconciled again, and was recorded then. */
  readonly previousPhase: string | undefined;
}

/** Builds `aianalysis.analysis.completed`; skips unless this change ended the analysis. */
export function analysisCompleted(input: AnalysisCompletedInput): Draft<'analysisCompleted'> | EventSkip {
  const { analysis, previousPhase } = input;
  if (isUnderWay(analysis.status?.phase)) return skipEvent('the analysis has not ended');
  if (isFinal(previousPhase)) return skipEvent(endedBefore);
  return draftEvent(aianalysisEvents.analysisCompleted, {
    ...envelope(analysis),
    event_outcome: analysis.status?.phase === 'Failed' ? 'failure' : 'success',
    event_data: analysisPayload(analysis, 'Completed'),
  });
}

/** Input of {@link analysisFailed}. */
export interface AnalysisFailedInput {
  readonly analysis: AIAnalysis;
  /** Phase before the change: an analysis that had ended is reconciled again, and was recorded then. */
  readonly previousPhase: string | undefined;
  /** Why the analysis failed; undefined when nothing was thrown. */
  readonly error: AnalysisError | undefined;
}

/** Builds `aianalysis.analysis.failed`: the provider failed for good. Skips when the analysis had ended before. */
export function analysisFailed(input: AnalysisFailedInput): Draft<'analysisFailed'> | EventSkip {
  const { analysis, previousPhase, error } = input;
  if (isFinal(previousPhase)) return skipEvent(endedBefore);
  return draftEvent(aianalysisEvents.analysisFailed, {
    ...envelope(analysis),
    event_outcome: 'failure',
    event_data: {
      ...analysisPayload(analysis, 'Failed'),
      error_details: errorDetails(error, analysis.status?.message),
    },
  });
}

/** Input of {@link phaseTransition}. */
export interface PhaseTransitionInput {
  /** The analysis after the change: its status has the new phase. */
  readonly analysis: AIAnalysis;
  /** Phase before the change. */
  readonly previousPhase: string | undefined;
}

/** Builds `aianalysis.phase.transition`; skips when the phase is what it was. */
export function phaseTransition(input: PhaseTransitionInput): Draft<'phaseTransition'> | EventSkip {
  const { analysis, previousPhase } = input;
  const phases = { old_phase: phaseWord(previousPhase), new_phase: phaseWord(analysis.status?.phase) };
  if (phases.old_phase === phases.new_phase) return skipEvent(`the phase is still ${phases.new_phase}`);
  return draftEvent(aianalysisEvents.phaseTransition, {
    ...envelope(analysis),
    event_outcome: 'success',
    event_data: phases,
  });
}

/** Input of {@link holmesgptCall}. */
export interface HolmesgptCallInput {
  readonly analysis: AIAnalysis;
  /** Path of the endpoint that was called. */
  readonly endpoint: string;
  /** HTTP status of the answer; undefined when the call failed without one, which is recorded as 500. */
  readonly httpStatusCode: number | undefined;
  /** Length of the call in milliseconds. */
  readonly durationMs: number;
}

/** Builds `aianalysis.holmesgpt.call`: a call to the provider returned, or failed. */
export function holmesgptCall(input: HolmesgptCallInput): Draft<'holmesgptCall'> {
  const { analysis, endpoint } = input;
  const httpStatusCode = toHttpStatusCode(input.httpStatusCode);
  const durationMs = toDurationMs(input.durationMs);
  return draftEvent(aianalysisEvents.holmesgptCall, {
    ...envelope(analysis),
    event_outcome: httpStatusCode >= 400 ? 'failure' : 'success',
    duration_ms: durationMs,
    event_data: { endpoint, http_status_code: httpStatusCode, duration_ms: durationMs },
  });
}

/** Input of {@link approvalDecision}. */
export interface ApprovalDecisionInput {
  readonly analysis: AIAnalysis;
  readonly decision: 'requires_approval' | 'auto_approved';
  /** Why the policy decided so. */
  readonly reason: string;
  /** Whether the condition `ApprovalRequired` had a status before this decision: then it is recorded. */
  readonly alreadyDecided: boolean;
}

/** Builds `aianalysis.approval.decision`; skips when a decision is recorded. */
export function approvalDecision(input: ApprovalDecisionInput): Draft<'approvalDecision'> | EventSkip {
  const { analysis, decision, alreadyDecided } = input;
  if (alreadyDecided) return skipEvent('the approval decision is recorded');
  const reason = shortMessage(input.reason);
  return draftEvent(aianalysisEvents.approvalDecision, {
    ...envelope(analysis),
    event_outcome: 'success',
    event_data: {
      approval_required: decision === 'requires_approval',
      approval_reason: reason,
      auto_approved: decision === 'auto_approved',
      decision,
      reason,
      environment: analysis.spec.analysisRequest.signalContext.environment,
      ...workflowMembers(analysis.status?.selectedWorkflow),
    },
  });
}

/** Input of {@link regoEvaluation}. */
export interface RegoEvaluationInput {
  readonly analysis: AIAnalysis;
  /** Word that the policy returned, such as `requires_approval`. */
  readonly outcome: string;
  /** Whether the evaluation failed and a safe answer took its place. */
  readonly degraded: boolean;
  /** Length of the evaluation in milliseconds. */
  readonly durationMs: number;
  /** Why the policy answered so. */
  readonly reason: string;
}

/** Builds `aianalysis.rego.evaluation`: the approval policy was evaluated. */
export function regoEvaluation(input: RegoEvaluationInput): Draft<'regoEvaluation'> {
  const { analysis, outcome, degraded, reason } = input;
  const durationMs = toDurationMs(input.durationMs);
  return draftEvent(aianalysisEvents.regoEvaluation, {
    ...envelope(analysis),
    event_outcome: policyOutcome(outcome),
    duration_ms: durationMs,
    event_data: { outcome, degraded, duration_ms: durationMs, reason: shortMessage(reason) },
  });
}

/** Input of {@link errorOccurred}. */
export interface ErrorOccurredInput {
  /** The analysis after the reconcile. */
  readonly analysis: AIAnalysis;
  /** Phase before the reconcile, in which the error occurred. */
  readonly previousPhase: string | undefined;
  /** What the reconcile returned; undefined when it returned no error. */
  readonly error: AnalysisError | undefined;
}

/** Builds `aianalysis.error.occurred`; skips without an error, and unless it ended the analysis in `Failed`. */
export function errorOccurred(input: ErrorOccurredInput): Draft<'errorOccurred'> | EventSkip {
  const { analysis, previousPhase, error } = input;
  const phase = analysis.status?.phase;
  if (error === undefined) return skipEvent('there is no error');
  if (isFinal(previousPhase)) return skipEvent(endedBefore);
  if (isUnderWay(phase) || phase === 'Completed') return skipEvent('the error did not end the analysis');
  return draftEvent(aianalysisEvents.errorOccurred, {
    ...envelope(analysis),
    event_outcome: 'failure',
    event_data: {
      phase: phaseWord(previousPhase),
      error_message: shortMessage(error.message || error.name || 'unknown error'),
    },
  });
}

const endedBefore = 'the analysis had ended before: its end is recorded once';

function toHttpStatusCode(status = 500): number {
  return Number.isInteger(status) && status >= 100 && status <= 599 ? status : 500;
}

function toDurationMs(durationMs: number): number {
  return Math.min(Math.max(Math.round(durationMs) || 0, 0), Number.MAX_SAFE_INTEGER);
}

// The API server refuses objects without a name; the fallback serves callers that read their objects elsewhere.
function envelope({ metadata, spec }: AIAnalysis) {
  const name = metadata.name || 'unknown';
  return {
    actor_type: 'service',
    actor_id: 'aianalysis-controller',
    resource_type: 'AIAnalysis',
    resource_id: name,
    correlation_id: spec.remediationRequestRef.name || spec.remediationId || name,
    ...onlyKnown({ namespace: metadata.namespace }),
  };
}
