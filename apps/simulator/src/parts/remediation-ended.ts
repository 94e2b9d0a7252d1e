import type { Step } from '../managers.ts';
import { remediationRequest } from '../objects/remediation-request.ts';
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

/** The remediation failed. */
export function failed(facts: RemediationFacts, failure: RemediationFailure): StoryPart {
  const remediation = remediationRequest(facts, {
    overallPhase: 'Failed',
    outcome: 'ManualReviewRequired',
    failurePhase: failure.failurePhase,
    failureReason: failure.reason,
  });
  return ending((start) => ({
    result: 'failure',
    remediation,
    previousPhase: failure.in,
    endedAt: facts.time(start),
    error: failure.error,
  }));
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
