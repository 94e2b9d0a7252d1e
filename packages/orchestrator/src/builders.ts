import {
  draftEvent,
  type EventDraft,
  type EventSkip,
  onlyKnown,
  orchestratorEvents,
  skipEvent,
  utcTime,
} from '@audit/schema';
import {
  type ApprovalDecision,
  decisionEnvelope,
  decisionMembers,
  decisionMessage,
  decisionSkip,
} from './approval-decision.ts';
import type { ApprovalRequest } from './approval-request.ts';
import {
  approvalEnvelope,
  approvalMembers,
  remediationEnvelope,
  remediationMembers,
  timeoutMembers,
} from './payload.ts';
import { hasEnded, isReportedAsEnd, type RemediationChange } from './remediation-change.ts';
import {
  endMembers,
  failureMembers,
  lifetimeMs,
  type RemediationFailure,
  type RemediationSuccess,
  type RemediationTimeout,
} from './remediation-end.ts';
import type { RemediationRequest } from './remediation-request.ts';
import { blockMembers, type RoutingBlock, wasBlockedAlike } from './routing-block.ts';

type Draft<Name extends keyof typeof orchestratorEvents> = EventDraft<(typeof orchestratorEvents)[Name]>;

/** Input of {@link lifecycleStarted}. */
export type LifecycleStartedInput = RemediationChange;

/** Builds `orchestrator.lifecycle.started`; skips when the remediation had a phase, for then it was recorded. */
export function lifecycleStarted(input: LifecycleStartedInput): Draft<'lifecycleStarted'> | EventSkip {
  const { remediation, previousPhase } = input;
  if (previousPhase) return skipEvent('the remediation had a phase: the start is recorded once, before it');
  return draftEvent(orchestratorEvents.lifecycleStarted, {
    ...remediationEnvelope(remediation),
    event_outcome: 'pending',
    event_data: remediationMembers(remediation),
  });
}

/** Input of {@link lifecycleCreated}. */
export type LifecycleCreatedInput = RemediationChange;

/** Builds `orchestrator.lifecycle.created` with the time limits; skips when the remediation had a phase before. */
export function lifecycleCreated(input: LifecycleCreatedInput): Draft<'lifecycleCreated'> | EventSkip {
  const { remediation, previousPhase } = input;
  if (previousPhase)
    return skipEvent('the remediation had a phase: the creation is recorded once, before it');
  return draftEvent(orchestratorEvents.lifecycleCreated, {
    ...remediationEnvelope(remediation),
    event_outcome: 'success',
    event_data: {
      ...remediationMembers(remediation),
      ...timeoutMembers(remediation.status?.timeoutConfig),
    },
  });
}

/** Input of {@link lifecycleTransitioned}. */
export interface LifecycleTransitionedInput extends RemediationChange {
  /** Why the phase changed. */
  readonly reason?: string;
}

/** Builds `orchestrator.lifecycle.transitioned`; skips when the phase is unchanged, or is one of its ends. */
export function lifecycleTransitioned(
  input: LifecycleTransitionedInput,
): Draft<'lifecycleTransitioned'> | EventSkip {
  const { remediation, previousPhase = '', reason } = input;
  const phase = remediation.status?.overallPhase ?? '';
  if (phase === previousPhase) return skipEvent('the phase is unchanged');
  if (isReportedAsEnd(phase))
    return skipEvent(`${phase} is an end: orchestrator.lifecycle.completed tells it`);
  return draftEvent(orchestratorEvents.lifecycleTransitioned, {
    ...remediationEnvelope(remediation),
    event_outcome: 'success',
    event_data: {
      ...remediationMembers(remediation),
      from_phase: previousPhase,
      to_phase: phase,
      ...onlyKnown({ transition_reason: reason }),
    },
  });
}

/** Input of {@link lifecycleCompleted}: three ways to end, told apart by `result`. */
export type LifecycleCompletedInput = RemediationSuccess | RemediationFailure | RemediationTimeout;

/** Builds `orchestrator.lifecycle.completed` for every kind of end; skips when the remediation had ended before. */
export function lifecycleCompleted(input: LifecycleCompletedInput): Draft<'lifecycleCompleted'> | EventSkip {
  const { remediation, previousPhase, result } = input;
  if (hasEnded(previousPhase)) return skipEvent('the remediation had ended before: its end is recorded once');
  return draftEvent(orchestratorEvents.lifecycleCompleted, {
    ...remediationEnvelope(remediation),
    ...onlyKnown({ duration_ms: lifetimeMs(input) }),
    event_outcome: result === 'success' ? 'success' : 'failure',
    event_data: { ...remediationMembers(remediation), ...endMembers(input) },
  });
}

/** Input of {@link lifecycleFailed}. */
export type LifecycleFailedInput = Omit<RemediationFailure, 'result'>;

/** Builds `orchestrator.lifecycle.failed`, which production code does not send: see {@link lifecycleCompleted}. */
export function lifecycleFailed(input: LifecycleFailedInput): Draft<'lifecycleFailed'> | EventSkip {
  const { remediation, previousPhase, error } = input;
  if (hasEnded(previousPhase)) return skipEvent('the remediation had ended before: its end is recorded once');
  return draftEvent(orchestratorEvents.lifecycleFailed, {
    ...remediationEnvelope(remediation),
    ...onlyKnown({ duration_ms: lifetimeMs(input) }),
    event_outcome: 'failure',
    event_data: { ...remediationMembers(remediation), ...failureMembers(input, error) },
  });
}

/** Input of {@link approvalRequested}. */
export interface ApprovalRequestedInput {
  readonly approvalRequest: ApprovalRequest;
  /** `status.overallPhase` of the RemediationRequest before it came to wait; undefined or empty when it had none. */
  readonly previousPhase: string | undefined;
}

/** Builds `orchestrator.approval.requested`; skips when the remediation was waiting for approval already. */
export function approvalRequested(input: ApprovalRequestedInput): Draft<'approvalRequested'> | EventSkip {
  const { approvalRequest, previousPhase } = input;
  if (previousPhase === 'AwaitingApproval')
    return skipEvent('the remediation was waiting for approval already');
  const { confidence, requiredBy } = approvalRequest.spec;
  return draftEvent(orchestratorEvents.approvalRequested, {
    ...approvalEnvelope(approvalRequest),
    event_outcome: 'pending',
    event_data: {
      ...approvalMembers(approvalRequest),
      decision: 'Pending',
      ...onlyKnown({
        required_by: utcTime(requiredBy),
        confidence_str: Number.isFinite(confidence) ? confidence.toFixed(2) : undefined,
      }),
    },
  });
}

/** Input of {@link approvalApproved}. */
export type ApprovalApprovedInput = ApprovalDecision;

/** Builds `orchestrator.approval.approved`; skips when the request was decided before, or is not approved. */
export function approvalApproved(input: ApprovalApprovedInput): Draft<'approvalApproved'> | EventSkip {
  const { approvalRequest } = input;
  const skip = decisionSkip(input, 'Approved');
  if (skip !== undefined) return skip;
  return draftEvent(orchestratorEvents.approvalApproved, {
    ...decisionEnvelope(approvalRequest, 'Approved'),
    event_outcome: 'success',
    event_data: {
      ...decisionMembers(approvalRequest, 'Approved'),
      ...onlyKnown({ approved_by: approvalRequest.status?.decidedBy }),
    },
  });
}

/** Input of {@link approvalRejected}. */
export type ApprovalRejectedInput = ApprovalDecision;

/** Builds `orchestrator.approval.rejected`; skips when the request was decided before, or is not rejected. */
export function approvalRejected(input: ApprovalRejectedInput): Draft<'approvalRejected'> | EventSkip {
  const { approvalRequest } = input;
  const skip = decisionSkip(input, 'Rejected');
  if (skip !== undefined) return skip;
  return draftEvent(orchestratorEvents.approvalRejected, {
    ...decisionEnvelope(approvalRequest, 'Rejected'),
    event_outcome: 'failure',
    event_data: {
      ...decisionMembers(approvalRequest, 'Rejected'),
      ...onlyKnown({
        rejected_by: approvalRequest.status?.decidedBy,
        rejection_reason: decisionMessage(approvalRequest),
      }),
    },
  });
}

/** Input of {@link approvalExpired}. */
export type ApprovalExpiredInput = ApprovalDecision;

/** Builds `orchestrator.approval.expired`; skips when the request was decided before, or did not expire. */
export function approvalExpired(input: ApprovalExpiredInput): Draft<'approvalExpired'> | EventSkip {
  const { approvalRequest } = input;
  const skip = decisionSkip(input, 'Expired');
  if (skip !== undefined) return skip;
  return draftEvent(orchestratorEvents.approvalExpired, {
    ...decisionEnvelope(approvalRequest, 'Expired'),
    event_outcome: 'failure',
    event_data: {
      ...decisionMembers(approvalRequest, 'Expired'),
      ...onlyKnown({ required_by: utcTime(approvalRequest.spec.requiredBy) }),
    },
  });
}

/** Input of {@link routingBlocked}. */
export type RoutingBlockedInput = RoutingBlock;

/** Builds `orchestrator.routing.blocked`; skips when the remediation was blocked for the same reason before. */
export function routingBlocked(input: RoutingBlockedInput): Draft<'routingBlocked'> | EventSkip {
  const { remediation } = input;
  if (wasBlockedAlike(input)) return skipEvent('the block is unchanged: it is recorded once per reason');
  return draftEvent(orchestratorEvents.routingBlocked, {
    ...remediationEnvelope(remediation),
    event_outcome: 'pending',
    event_data: { ...remediationMembers(remediation), ...blockMembers(input) },
  });
}

/** Input of {@link remediationManualReview}. */
export interface RemediationManualReviewInput {
  readonly remediation: RemediationRequest;
  /** Why a human must look, for example `WorkflowResolutionFailed`. */
  readonly reason: string;
  readonly subReason?: string;
  /** NotificationRequest that asks for the review. */
  readonly notificationName?: string;
}

/** Builds `orchestrator.remediation.manual_review`: the remediation is handed to a human. */
export function remediationManualReview(
  input: RemediationManualReviewInput,
): Draft<'remediationManualReview'> {
  const { remediation, reason, subReason, notificationName } = input;
  return draftEvent(orchestratorEvents.remediationManualReview, {
    ...remediationEnvelope(remediation),
    severity: 'warning',
    event_outcome: 'pending',
    event_data: {
      ...remediationMembers(remediation),
      ...onlyKnown({ reason, sub_reason: subReason, notification_name: notificationName }),
    },
  });
}
