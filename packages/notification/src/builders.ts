import { draftEvent, type EventDraft, type EventSkip, notificationEvents, onlyKnown } from '@audit/schema';
import { type DeliveryFailure, failureMembers } from './delivery-failure.ts';
import type { NotificationRequest } from './notification-request.ts';
import { basePayload, deliveryPayload } from './payload.ts';
import { type PhaseChange, skipUnlessMovedInto } from './phase-change.ts';

type Draft<Name extends keyof typeof notificationEvents> = EventDraft<(typeof notificationEvents)[Name]>;

/** Input of {@link messageSent}. */
export interface MessageSentInput {
  readonly notification: NotificationRequest;
  /** Channel that took the message, such as `slack`. */
  readonly channel: string;
}

/** Builds `notification.message.sent`: one channel delivered the message. */
export function messageSent({ notification, channel }: MessageSentInput): Draft<'messageSent'> {
  return draftEvent(notificationEvents.messageSent, {
    ...envelope(notification),
    event_outcome: 'success',
    event_data: {
      ...basePayload(notification),
      ...deliveryPayload(notification, channel),
      type: notification.spec.type,
    },
  });
}

/** Input of {@link messageFailed}. */
export interface MessageFailedInput extends DeliveryFailure {
  readonly notification: NotificationRequest;
  /** Channel that did not take the message, such as `slack`. */
  readonly channel: string;
}

/** Builds `notification.message.failed`: one attempt on one channel failed. */
export function messageFailed(input: MessageFailedInput): Draft<'messageFailed'> {
  const { notification, channel } = input;
  return draftEvent(notificationEvents.messageFailed, {
    ...envelope(notification),
    event_outcome: 'failure',
    event_data: {
      ...basePayload(notification),
      ...deliveryPayload(notification, channel),
      ...failureMembers(input),
    },
  });
}

/** Input of {@link messageAcknowledged}. */
export type MessageAcknowledgedInput = PhaseChange;

/** Builds `notification.message.acknowledged`: every channel delivered. Skips except on the move into `Sent`. */
export function messageAcknowledged(
  change: MessageAcknowledgedInput,
): Draft<'messageAcknowledged'> | EventSkip {
  const skip = skipUnlessMovedInto('Sent', change);
  if (skip !== undefined) return skip;
  return draftEvent(notificationEvents.messageAcknowledged, {
    ...envelope(change.notification),
    event_outcome: 'success',
    event_data: basePayload(change.notification),
  });
}

/** Input of {@link messageEscalated}. */
export type MessageEscalatedInput = PhaseChange;

/** Builds `notification.message.escalated`: no attempt is left. Skips except on the move into `Failed`. */
export function messageEscalated(change: MessageEscalatedInput): Draft<'messageEscalated'> | EventSkip {
  const skip = skipUnlessMovedInto('Failed', change);
  if (skip !== undefined) return skip;
  const { priority } = change.notification.spec;
  return draftEvent(notificationEvents.messageEscalated, {
    ...envelope(change.notification),
    event_outcome: 'success',
    event_data: {
      ...basePayload(change.notification),
      reason: `A notification${priority && ` of priority ${priority}`} could not be delivered.`,
    },
  });
}

function envelope({ metadata, spec }: NotificationRequest) {
  return {
    actor_type: 'service',
    actor_id: 'notification-controller',
    resource_type: 'NotificationRequest',
    resource_id: metadata.name || 'unknown',
    correlation_id: spec.remediationRequestRef?.name || metadata.uid || metadata.name || 'unknown',
    ...onlyKnown({ namespace: metadata.namespace }),
  };
}
