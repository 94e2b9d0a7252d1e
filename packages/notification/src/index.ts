export { messageAcknowledged, messageEscalated, messageFailed, messageSent } from './builders.ts';
export { createNotificationAuditManager } from './manager.ts';

export type {
  MessageAcknowledgedInput,
  MessageEscalatedInput,
  MessageFailedInput,
  MessageSentInput,
} from './builders.ts';
export type { DeliveryFailure } from './delivery-failure.ts';
export type { NotificationAuditManager } from './manager.ts';
export type {
  NotificationRequest,
  NotificationRequestMetadata,
  NotificationRequestSpec,
  NotificationRequestStatus,
} from './notification-request.ts';
export type { PhaseChange } from './phase-change.ts';
