import { onlyKnown, type PayloadOf, shortenText } from '@audit/schema';
import type { NotificationRequest } from './notification-request.ts';

/** The members that every payload has. */
export type BasePayload = Omit<PayloadOf<'notification.message.acknowledged'>, 'event_type'>;

/** The members about one delivery. */
export type DeliveryPayload = Pick<PayloadOf<'notification.message.sent'>, 'channel' | 'body'>;

// Subject, body and error together stay below the 256 KiB an event may have, in every script.
const subjectCharsMax = 16_384;
const bodyCharsMax = 32_768;

/** Tells which notification it is. */
export function basePayload({ metadata, spec }: NotificationRequest): BasePayload {
  const extra = spec.metadata ?? {};
  return {
    notification_id: metadata.name,
    subject: shortenText(spec.subject, subjectCharsMax),
    priority: spec.priority,
    ...onlyKnown({ metadata: Object.keys(extra).length > 0 ? extra : undefined }),
  };
}

/** Tells what was to be delivered, and where. A channel without a name is `unknown`: the delivery happened all the same. */
export function deliveryPayload({ spec }: NotificationRequest, channel: string): DeliveryPayload {
  return { channel: channel || 'unknown', body: shortenText(spec.body, bodyCharsMax) };
}
