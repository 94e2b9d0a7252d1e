import { onlyKnown, type PayloadOf } from '@audit/schema';
import { type AuthenticatedUser, userName } from './attribution.ts';
import type { NotificationRequest, Recipient } from './kubernetes-objects.ts';

type Payload = PayloadOf<'webhook.notification.cancelled'>;

/** What a payload says about a notification. */
export type NotificationMembers = Omit<Payload, 'event_type' | 'cancelled_by' | 'action'>;

/** Tells which notification it is, and who acted on it. */
export function notificationMembers(
  { metadata, spec, status }: NotificationRequest,
  { uid, groups = [] }: AuthenticatedUser,
): NotificationMembers {
  const type = wordOf(types, spec.type);
  const recipients = (spec.recipients ?? []).map(knownAddresses).filter(isReachable);
  return onlyKnown({
    notification_id: metadata.name,
    notification_name: metadata.name,
    type,
    notification_type: type,
    priority: wordOf(priorities, spec.priority),
    final_status: wordOf(finalStatuses, status?.phase),
    recipients: recipients.length > 0 ? recipients : undefined,
    user_uid: uid,
    user_groups: groups.length > 0 ? [...groups] : undefined,
  });
}

/** Tells who cancelled the notification. */
export function cancellationMembers(user: AuthenticatedUser): Pick<Payload, 'cancelled_by' | 'action'> {
  return { cancelled_by: userName(user), action: 'notification_cancelled' };
}

const types = [
  'escalation',
  'simple',
  'status-update',
  'approval',
  'manual-review',
] as const satisfies Payload['type'][];

const priorities = ['critical', 'high', 'medium', 'low'] as const satisfies Payload['priority'][];

const finalStatuses = [
  'Pending',
  'Sending',
  'Sent',
  'Failed',
  'Cancelled',
] as const satisfies Payload['final_status'][];

// January 2026 writes `status-update`, later versions write `StatusUpdate`.
function wordOf<Word extends string>(words: readonly Word[], text: string | undefined): Word | undefined {
  return words.find((word) => word === text || toPascalCase(word) === text);
}

function toPascalCase(word: string): string {
  return word.replace(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

function knownAddresses({ email, slack, teams, phone, webhookURL }: Recipient) {
  return onlyKnown({ email, slack, teams, phone, webhookURL });
}

function isReachable(recipient: object): boolean {
  return Object.keys(recipient).length > 0;
}
