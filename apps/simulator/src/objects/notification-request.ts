import type { NotificationRequest } from '@audit/notification';
import type { RemediationFacts } from '../scenario.ts';
import { apiVersion, ownedMetadata, remediationReference } from './object-metadata.ts';

/** The complete object as the Kubernetes API of January 2026 returns it. */
export interface NotificationRequestObject extends NotificationRequest {
  readonly apiVersion: typeof apiVersion;
  readonly kind: 'NotificationRequest';
}

/** A message to people. */
export interface Message {
  /** What it is about: part of the object's name. */
  readonly about: 'completion' | 'failure' | 'approval' | 'manual-review' | 'status';
  readonly type: 'simple' | 'escalation' | 'approval' | 'manual-review' | 'status-update';
  readonly priority: 'critical' | 'high' | 'medium' | 'low';
  readonly subject: string;
  readonly body: string;
}

/** A notification in a state. */
export interface NotificationState {
  /** Seconds since the start of the remediation. */
  readonly createdAt: number;
  readonly phase: 'Pending' | 'Sending' | 'Sent' | 'Failed';
  readonly message: Message;
}

/** The object in a state. */
export function notificationRequest(
  facts: RemediationFacts,
  { createdAt, phase, message }: NotificationState,
): NotificationRequestObject {
  const name = `nr-${message.about}-${facts.remediationName}`;
  return {
    apiVersion,
    kind: 'NotificationRequest',
    metadata: ownedMetadata(facts, { kind: 'NotificationRequest', name, createdAt }),
    spec: specOf(facts, message),
    status: { phase },
  };
}

function specOf(facts: RemediationFacts, { type, priority, subject, body }: Message) {
  const { incident, workload } = facts;
  return {
    remediationRequestRef: remediationReference(facts),
    type,
    priority,
    subject,
    body,
    recipients: [{ slack: `#${workload.namespace}-oncall` }, { email: `${workload.namespace}@example.com` }],
    channels: ['slack', 'email'],
    metadata: { cluster: 'prod-eu-1', environment: 'production', severity: incident.severity },
    retryPolicy: { maxAttempts: 3, initialBackoffSeconds: 30, backoffMultiplier: 2 },
  };
}
