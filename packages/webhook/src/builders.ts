import {
  draftEvent,
  type EventDraft,
  type EventSkip,
  shortenText,
  skipEvent,
  webhookEvents,
} from '@audit/schema';
import { decisionMembers, reasonNotToRecord } from './approval-decision.ts';
import { type AuthenticatedUser, attribute, momentText, userName } from './attribution.ts';
import type {
  NotificationRequest,
  RemediationApprovalRequest,
  RemediationRequest,
  WorkflowExecution,
} from './kubernetes-objects.ts';
import { cancellationMembers, notificationMembers } from './notification.ts';
import { timeoutMembers, timeoutsDiffer } from './timeout-config.ts';

type Draft<Name extends keyof typeof webhookEvents> = EventDraft<(typeof webhookEvents)[Name]>;

/** Input of {@link notificationCancelled}. */
export interface NotificationCancelledInput {
  /** The object to be deleted: `oldObject` of the request. */
  readonly notification: NotificationRequest;
  readonly user: AuthenticatedUser;
}

/** Builds `webhook.notification.cancelled`; skips when the object is being deleted, for then it was recorded. */
export function notificationCancelled(
  input: NotificationCancelledInput,
): Draft<'notificationCancelled'> | EventSkip {
  const { notification, user } = input;
  if (notification.metadata.deletionTimestamp)
    return skipEvent('the deletion was asked for before: a cancellation is recorded once');
  return draftEvent(webhookEvents.notificationCancelled, {
    ...attributeNotification(notification, user),
    event_outcome: 'success',
    event_data: { ...notificationMembers(notification, user), ...cancellationMembers(user) },
  });
}

/** Input of {@link notificationAcknowledged}. */
export interface NotificationAcknowledgedInput {
  readonly notification: NotificationRequest;
  readonly user: AuthenticatedUser;
}

/** Builds `webhook.notification.acknowledged`, which no version sends: it waits for an acknowledgement by people. */
export function notificationAcknowledged(
  input: NotificationAcknowledgedInput,
): Draft<'notificationAcknowledged'> {
  const { notification, user } = input;
  return draftEvent(webhookEvents.notificationAcknowledged, {
    ...attributeNotification(notification, user),
    event_outcome: 'success',
    event_data: { ...notificationMembers(notification, user), action: 'notification_acknowledged' },
  });
}

/** Input of {@link workflowUnblocked}. */
export interface WorkflowUnblockedInput {
  readonly execution: WorkflowExecution;
  /** The object before the request, which no user can prefill; null when the request creates it. */
  readonly previous: WorkflowExecution | null;
  readonly user: AuthenticatedUser;
  /** The moment that goes into the object as `clearedAt`. */
  readonly clearedAt: Date;
}

/** Builds `webhook.workflow.unblocked`; skips unless the request clears a block that nobody had cleared. */
export function workflowUnblocked(input: WorkflowUnblockedInput): Draft<'workflowUnblocked'> | EventSkip {
  const { execution, previous, user, clearedAt } = input;
  const { metadata, spec, status } = execution;
  const clearance = status?.blockClearance;
  const before = previous?.status?.blockClearance;
  if (!clearance) return skipEvent('the request clears no block');
  if (before?.clearedBy) return skipEvent('the block was cleared before: a clearance is recorded once');
  if (before?.clearReason === clearance.clearReason) return skipEvent('the clearance is unchanged');
  const remediationName = spec.remediationRequestRef.name;
  return draftEvent(webhookEvents.workflowUnblocked, {
    ...attribute({ user, kind: 'WorkflowExecution', metadata, remediationName }),
    event_outcome: 'success',
    event_data: {
      workflow_name: metadata.name,
      clear_reason: shortenText(clearance.clearReason, clearReasonCharsMax),
      cleared_at: momentText(clearedAt),
      previous_state: 'Blocked',
      new_state: 'Running',
    },
  });
}

/** Input of {@link approvalDecided}. */
export interface ApprovalDecidedInput {
  readonly request: RemediationApprovalRequest;
  /** The object before the request, which no user can prefill; null when the request creates it. */
  readonly previous: RemediationApprovalRequest | null;
  readonly user: AuthenticatedUser;
  /** The moment that goes into the object as `decidedAt`. */
  readonly decidedAt: Date;
}

/** Builds `webhook.approval.decided`; skips unless the user decides a request that was undecided. */
export function approvalDecided(input: ApprovalDecidedInput): Draft<'approvalDecided'> | EventSkip {
  const { request, user, decidedAt } = input;
  const reason = reasonNotToRecord(input);
  if (reason !== undefined) return skipEvent(reason);
  const { metadata, spec } = request;
  const remediationName = spec.remediationRequestRef.name;
  return draftEvent(webhookEvents.approvalDecided, {
    ...attribute({ user, kind: 'RemediationApprovalRequest', metadata, remediationName }),
    event_outcome: 'success',
    event_data: {
      request_name: metadata.name,
      ...decisionMembers(request),
      decided_at: momentText(decidedAt),
      ai_analysis_ref: spec.aiAnalysisRef.name ?? '',
    },
  });
}

/** Input of {@link remediationrequestTimeoutModified}. */
export interface RemediationrequestTimeoutModifiedInput {
  readonly remediation: RemediationRequest;
  /** The object before the request; null when the request creates it. */
  readonly previous: RemediationRequest | null;
  readonly user: AuthenticatedUser;
  /** The moment that goes into the object as `lastModifiedAt`. */
  readonly modifiedAt: Date;
}

/** Builds `webhook.remediationrequest.timeout_modified`; skips when no time limit changed its length. */
export function remediationrequestTimeoutModified(
  input: RemediationrequestTimeoutModifiedInput,
): Draft<'remediationrequestTimeoutModified'> | EventSkip {
  const { remediation, previous, user, modifiedAt } = input;
  const { name, namespace = '' } = remediation.metadata;
  if (!previous) return skipEvent('the object is new: nothing was modified');
  if (!timeoutsDiffer(previous, remediation)) return skipEvent('the time limits are unchanged');
  return draftEvent(webhookEvents.remediationrequestTimeoutModified, {
    // This event names its resource by the object's name, not by its UID.
    ...attribute({ user, kind: 'RemediationRequest', metadata: { name, namespace }, remediationName: name }),
    event_outcome: 'success',
    event_data: {
      rr_name: name,
      namespace,
      modified_by: userName(user),
      modified_at: momentText(modifiedAt),
      ...timeoutMembers(previous, remediation),
    },
  });
}

function attributeNotification({ metadata, spec }: NotificationRequest, user: AuthenticatedUser) {
  const remediationName = spec.remediationRequestRef?.name;
  return attribute({ user, kind: 'NotificationRequest', metadata, remediationName });
}

// A Kubernetes object may be larger than an event; this length stays far below the 256 KiB, however it is escaped.
const clearReasonCharsMax = 16_384;
