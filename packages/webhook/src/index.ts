export {
  approvalDecided,
  notificationAcknowledged,
  notificationCancelled,
  remediationrequestTimeoutModified,
  workflowUnblocked,
} from './builders.ts';
export { createWebhookAuditManager } from './manager.ts';

export type { AuthenticatedUser } from './attribution.ts';
export type {
  ApprovalDecidedInput,
  NotificationAcknowledgedInput,
  NotificationCancelledInput,
  RemediationrequestTimeoutModifiedInput,
  WorkflowUnblockedInput,
} from './builders.ts';
export type {
  BlockClearance,
  NotificationRequest,
  ObjectMetadata,
  Recipient,
  RemediationApprovalRequest,
  RemediationRequest,
  TimeoutConfig,
  WorkflowExecution,
} from './kubernetes-objects.ts';
export type { WebhookAuditManager } from './manager.ts';
