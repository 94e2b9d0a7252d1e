import type { AuditClient, BuildersFor, EmissionOutcome } from '@audit/client';
import type { notificationEvents } from '@audit/schema';
import { expectTypeOf } from 'vitest';
import * as builders from './builders.ts';
import { createNotificationAuditManager } from './manager.ts';
import type { NotificationRequest } from './notification-request.ts';

declare const client: AuditClient;
declare const notification: NotificationRequest;
declare const error: unknown;

const audit = createNotificationAuditManager(client);

expectTypeOf(audit).toHaveProperty('messageSent');
expectTypeOf(audit.messageSent({ notification, channel: 'slack' })).toEqualTypeOf<EmissionOutcome>();
// @ts-expect-error a message is sent over a channel
audit.messageSent({ notification });
// @ts-expect-error there is nothing to record without a notification
audit.messageSent({ notification: null, channel: 'slack' });

audit.messageFailed({ notification, channel: 'slack', error, retryPossible: false });
// @ts-expect-error whether another attempt can succeed must be said
audit.messageFailed({ notification, channel: 'slack', error });

audit.messageAcknowledged({ notification, previousPhase: undefined });
// @ts-expect-error the phase before must be said: the move is recorded once
audit.messageAcknowledged({ notification });

audit.messageEscalated({ notification, previousPhase: 'Sending' });
// @ts-expect-error the phase before must be said: the move is recorded once
audit.messageEscalated({ notification });

// @ts-expect-error there is no such event
audit.messageRead({ notification });

builders satisfies BuildersFor<typeof notificationEvents>;
const { messageEscalated, ...incomplete } = builders;
// @ts-expect-error a builder is missing
incomplete satisfies BuildersFor<typeof notificationEvents>;
// @ts-expect-error a builder stands under the name of another
({ ...builders, messageAcknowledged: messageEscalated }) satisfies BuildersFor<typeof notificationEvents>;

// The object as the Kubernetes API returns it, with fields that the audit trail does not read.
const complete = {
  apiVersion: 'kubernaut.ai/v1alpha1',
  kind: 'NotificationRequest',
  metadata: { name: 'nr-1', namespace: 'payments', uid: 'f0a3c1de', generation: 1, labels: {} },
  spec: {
    remediationRequestRef: { apiVersion: 'kubernaut.ai/v1alpha1', kind: 'RemediationRequest', name: 'rr-1' },
    type: 'escalation',
    priority: 'critical',
    recipients: [{ slack: '#payments' }],
    subject: 'Manual review needed',
    body: 'Please look at deployment checkout.',
    channels: ['slack', 'console'],
    metadata: { cluster: 'prod-eu-1' },
  },
  status: {
    phase: 'Sending',
    totalAttempts: 1,
    deliveryAttempts: [{ channel: 'slack', attempt: 1, status: 'failed', error: 'busy' }],
  },
};
expectTypeOf(complete).toExtend<NotificationRequest>();

// @ts-expect-error the phase is text
({ ...complete, status: { phase: 1 } }) satisfies NotificationRequest;
