export {
  approvalApproved,
  approvalExpired,
  approvalRejected,
  approvalRequested,
  lifecycleCompleted,
  lifecycleCreated,
  lifecycleFailed,
  lifecycleStarted,
  lifecycleTransitioned,
  remediationManualReview,
  routingBlocked,
} from './builders.ts';
export { createOrchestratorAuditManager } from './manager.ts';

export type { ApprovalDecision } from './approval-decision.ts';
export type {
  ApprovalRequest,
  ApprovalRequestMetadata,
  ApprovalRequestSpec,
  ApprovalRequestStatus,
} from './approval-request.ts';
export type {
  ApprovalApprovedInput,
  ApprovalExpiredInput,
  ApprovalRejectedInput,
  ApprovalRequestedInput,
  LifecycleCompletedInput,
  LifecycleCreatedInput,
  LifecycleFailedInput,
  LifecycleStartedInput,
  LifecycleTransitionedInput,
  RemediationManualReviewInput,
  RoutingBlockedInput,
} from './builders.ts';
export type { OrchestratorAuditManager } from './manager.ts';
export type { RemediationChange } from './remediation-change.ts';
export type {
  RemediationEnd,
  RemediationFailure,
  RemediationSuccess,
  RemediationTimeout,
} from './remediation-end.ts';
export type {
  RemediationRequest,
  RemediationRequestMetadata,
  RemediationRequestStatus,
  TimeoutLimits,
} from './remediation-request.ts';
export type { RoutingBlock } from './routing-block.ts';
