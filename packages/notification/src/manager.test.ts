import { type AuditClient, createAuditClient } from '@audit/client';
import { createMemoryTransport } from '@audit/client/testing';
import { notificationEvents } from '@audit/schema';
import { describeAuditManager } from '@audit/testkit';
import { describe, expect, it } from 'vitest';
import { createNotificationAuditManager } from './manager.ts';
import type { NotificationRequest } from './notification-request.ts';

const sending = {
  metadata: { name: 'nr-completion-rr-3f9ab2c41d07-5e8c1a7b', namespace: 'payments', uid: 'f0a3c1de' },
  spec: {
    remediationRequestRef: { name: 'rr-3f9ab2c41d07-5e8c1a7b' },
    type: 'completion',
    priority: 'medium',
    subject: 'checkout recovered',
    body: 'The memory limit of deployment checkout is now 1Gi.',
    metadata: { cluster: 'prod-eu-1' },
  },
  status: { phase: 'Sending' },
} satisfies NotificationRequest;

const sent = { ...sending, status: { phase: 'Sent' } } satisfies NotificationRequest;
const failed = { ...sending, status: { phase: 'Failed' } } satisfies NotificationRequest;

const nameless = {
  metadata: { name: '' },
  spec: { type: '', priority: '', subject: '', body: '', remediationRequestRef: null, metadata: null },
} satisfies NotificationRequest;

describeAuditManager({
  name: 'notification',
  events: notificationEvents,
  createManager: createNotificationAuditManager,
  samples: {
    messageSent: [
      { notification: sending, channel: 'slack' },
      { notification: nameless, channel: '' },
    ],
    messageFailed: [
      { notification: sending, channel: 'slack', error: { message: 'busy' }, retryPossible: true },
      { notification: nameless, channel: '', error: null, retryPossible: false },
    ],
    messageAcknowledged: [
      { notification: sent, previousPhase: 'Sending' },
      { notification: sent, previousPhase: 'Sent' },
      { notification: nameless, previousPhase: undefined },
    ],
    messageEscalated: [
      { notification: failed, previousPhase: 'Sending' },
      { notification: failed, previousPhase: 'Failed' },
    ],
  },
});

describe('one notification over two channels', () => {
  it('is one event per channel and attempt, and one for the end', async () => {
    const transport = createMemoryTransport();
    await using client: AuditClient = createAuditClient({ transport, durability: 'memory' });
    const audit = createNotificationAuditManager(client);
    audit.messageSent({ notification: sending, channel: 'console' });
    for (const error of ['slack answered 503', 'slack answered 504']) {
      audit.messageFailed({ notification: sending, channel: 'slack', error, retryPossible: true });
    }
    audit.messageSent({ notification: sending, channel: 'slack' });
    for (const previousPhase of ['Sending', 'Sent', 'Sent']) {
      audit.messageAcknowledged({ notification: sent, previousPhase });
    }
    await client.flush();
    expect(transport.events.map((event) => [event.event_type, event.event_outcome])).toEqual([
      ['notification.message.sent', 'success'],
      ['notification.message.failed', 'failure'],
      ['notification.message.failed', 'failure'],
      ['notification.message.sent', 'success'],
      ['notification.message.acknowledged', 'success'],
    ]);
  });

  it('is no event without a notification, and no exception either', async () => {
    const transport = createMemoryTransport();
    await using client: AuditClient = createAuditClient({ transport, durability: 'memory' });
    // JavaScript callers can pass null past the compiler.
    const missing = null as unknown as NotificationRequest;
    const outcome = createNotificationAuditManager(client).messageSent({
      notification: missing,
      channel: 'slack',
    });
    expect(outcome).toMatchObject({ status: 'rejected', reason: 'builder_failed' });
  });
});
