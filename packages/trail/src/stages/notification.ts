import type { Stage } from '../explanation.ts';
import { shortTextOf } from '../seen.ts';
import type { Trail } from '../trail.ts';
import { absentStage, factsOf, placesOf, stepsOf } from './stage-facts.ts';

/** Who was told, over which channel, and what could not be delivered. */
export function readNotification(trail: Trail): Stage {
  const title = 'Notification';
  const steps = stepsOf(trail, ...notificationTypes);
  if (steps.length === 0) {
    return absentStage('notification', title, 'nobody was told, as far as is on record');
  }
  const facts = [
    ...factsOf(trail, 'notification.message.sent', ({ channel, subject }) => [
      ['sent', `to ${shortTextOf(channel)}`, subject],
    ]),
    ...factsOf(trail, 'notification.message.failed', ({ channel }, { error }) => [
      ['not_sent', `not to ${shortTextOf(channel)}`, error?.message ?? 'not delivered'],
    ]),
    ...factsOf(trail, 'notification.message.escalated', ({ reason }) => [['given_up', 'given up', reason]]),
    ...factsOf(trail, 'webhook.notification.cancelled', (payload, { actor }) => [
      ['cancelled', 'cancelled by', actor?.id ?? payload.cancelled_by],
    ]),
    ...factsOf(trail, 'webhook.notification.acknowledged', (_, { actor }) => [
      ['confirmed', 'confirmed by', actor?.id],
    ]),
  ];
  const sent = facts.filter(({ name }) => name === 'sent').length;
  const failed = facts.filter(({ name }) => name === 'not_sent').length;
  return {
    name: 'notification',
    title,
    state: stepsOf(trail, 'notification.message.escalated').length > 0 ? 'failed' : 'done',
    summary: `${sent} delivered${failed === 0 ? '' : `, ${failed} not delivered`}`,
    facts,
    steps: placesOf(steps, facts),
  };
}

const notificationTypes = [
  'notification.message.sent',
  'notification.message.failed',
  'notification.message.acknowledged',
  'notification.message.escalated',
  'webhook.notification.cancelled',
  'webhook.notification.acknowledged',
] as const;
