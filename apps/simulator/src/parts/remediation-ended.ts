import type { Step } from '../managers.ts';
import { type RemediationRequestObject, remediationRequest } from '../objects/remediation-request.ts';
import type { RemediationFacts } from '../scenario.ts';
import type { StoryPart } from '../story.ts';
import type { RemediationPhase } from './phase-changed.ts';

type Ending = Extract<Step, { service: 'orchestrator'; method: 'lifecycleCompleted' }>['input'];

/** The remediation did what it was meant to do. */
export function remedied(facts: RemediationFacts): StoryPart {
  const { workflowId } = facts.incident.workflow;
  const remediation = remediationRequest(facts, {
    overallPhase: 'Completed',
    outcome: 'Remediated',
    selectedWorkflowRef: { workflowId },
  });
  return ending((start) => ({
    result: 'success',
    remediation,
    previousPhase: 'Executing',
    endedAt: facts.time(start),
  }));
}

/** Where and why a remediation failed. */
export interface RemediationFailure {
  /** Phase in which it was. */
  readonly in: RemediationPhase;
  /** Part of the remediation that failed. */
  readonly failurePhase: 'signal_processing' | 'ai_analysis' | 'workflow_execution' | 'approval';
  /** Why, in words. */
  readonly reason: string;
  /** What was caught, if anything. */
  readonly error?: unknown;
}

/** The remediation failed: it is completed, with outcome failure. */
export function failed(facts: RemediationFacts, failure: RemediationFailure): StoryPart {
  return ending((start) => ({ result: 'failure', ...failureAt(facts, failure, start) }));
}

/** The remediation failed before anything was tried: it is not completed, for which the catalogue has its own type. */
export function brokenOff(facts: RemediationFacts, failure: RemediationFailure): StoryPart {
  return {
    seconds: 1,
    steps: (start) => [
      {
        atSeconds: start,
        service: 'orchestrator',
        method: 'lifecycleFailed',
        input: failureAt(facts, failure, start),
      },
    ],
  };
}

/** The object after the remediation failed. */
export function failedRemediation(
  facts: RemediationFacts,
  { failurePhase, reason }: RemediationFailure,
): RemediationRequestObject {
  return remediationRequest(facts, {
    overallPhase: 'Failed',
    outcome: 'ManualReviewRequired',
    failurePhase,
    failureReason: reason,
  });
}

function failureAt(facts: RemediationFacts, failure: RemediationFailure, atSeconds: number) {
  return {
    remediation: failedRemediation(facts, failure),
    previousPhase: failure.in,
    endedAt: facts.time(atSeconds),
    error: failure.error,
  };
}

/** The limit that ran out. */
export interface TimeLimit {
  readonly kind: 'global' | 'phase';
  /** Phase in which the remediation was. */
  readonly in: RemediationPhase;
}

/** The remediation, or its phase, ran out of time. */
export function timedOut(facts: RemediationFacts, limit: TimeLimit): StoryPart {
  const remediation = remediationRequest(facts, { overallPhase: 'TimedOut', timeoutPhase: limit.in });
  return ending((start) => ({
    result: 'timeout',
    timeoutKind: limit.kind,
    remediation,
    previousPhase: limit.in,
    endedAt: facts.time(start),
  }));
}

function ending(inputAt: (start: number) => Ending): StoryPart {
  return {
    seconds: 1,
    steps: (start) => [
      {
        atSeconds: start,
        service: 'orchestrator',
        method: 'lifecycleCompleted',
        input: inputAt(start),
      },
    ],
  };
}
