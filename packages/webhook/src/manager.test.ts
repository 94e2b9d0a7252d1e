import { type AuditClient, createAuditClient } from '@audit/client';
import { createMemoryTransport } from '@audit/client/testing';
import { webhookEvents } from '@audit/schema';
import { describeAuditManager } from '@audit/testkit';
import { describe, expect, it } from 'vitest';
import type {
  NotificationRequest,
  RemediationApprovalRequest,
  RemediationRequest,
  WorkflowExecution,
} from './kubernetes-objects.ts';
import { createWebhookAuditManager } from './manager.ts';

const user = { username: 'marta.keller@example.com', uid: 'e420', groups: ['system:authenticated'] };
const moment = new Date('2026-01-14T09:31:48Z');
const remediationRequestRef = { name: 'rr-3f9ab2c41d07-5e8c1a7b' };

const notification = {
  metadata: { name: 'nr-1', namespace: 'payments', uid: '6ef9' },
  spec: { remediationRequestRef, type: 'approval', priority: 'high', recipients: [{ slack: '#payments' }] },
} satisfies NotificationRequest;

const namelessNotification = {
  metadata: { name: '' },
  spec: { type: '', priority: '' },
} satisfies NotificationRequest;

const blocked = {
  metadata: { name: 'wfe-1', namespace: 'payments', uid: 'ec38' },
  spec: { remediationRequestRef },
} satisfies WorkflowExecution;

const unblocked = {
  ...blocked,
  status: { blockClearance: { clearReason: 'Checked by hand: nothing is left half done.' } },
} satisfies WorkflowExecution;

const undecided = {
  metadata: { name: 'rar-1', namespace: 'payments', uid: '665c' },
  spec: { remediationRequestRef, aiAnalysisRef: { name: 'ai-1' } },
} satisfies RemediationApprovalRequest;

const approved = {
  ...undecided,
  status: { decision: 'Approved', decisionMessage: 'Agreed.' },
} satisfies RemediationApprovalRequest;

const remediation = { metadata: { name: 'rr-1', namespace: 'payments' } } satisfies RemediationRequest;

const limited = {
  ...remediation,
  status: { timeoutConfig: { global: '1h0m0s' } },
} satisfies RemediationRequest;

describeAuditManager({
  name: 'webhook',
  events: webhookEvents,
  createManager: createWebhookAuditManager,
  samples: {
    notificationCancelled: [
      { notification, user },
      { notification: namelessNotification, user },
    ],
    notificationAcknowledged: [{ notification, user }],
    workflowUnblocked: [
      { execution: unblocked, previous: blocked, user, clearedAt: moment },
      { execution: unblocked, previous: unblocked, user, clearedAt: moment },
    ],
    approvalDecided: [
      { request: approved, previous: undecided, user, decidedAt: moment },
      { request: approved, previous: approved, user, decidedAt: moment },
    ],
    remediationrequestTimeoutModified: [
      { remediation: limited, previous: remediation, user, modifiedAt: moment },
      { remediation: limited, previous: limited, user, modifiedAt: moment },
    ],
  },
});

describe('one approval request, updated more than once', () => {
  it('records the decision once', async () => {
    const transport = createMemoryTransport();
    await using client: AuditClient = createAuditClient({ transport, durability: 'memory' });
    const audit = createWebhookAuditManager(client);
    const versions = [undecided, undecided, approved, approved];
    const outcomes = versions.map((request, index) =>
      audit.approvalDecided({ request, previous: versions[index - 1] ?? null, user, decidedAt: moment }),
    );
    await client.flush();
    expect(outcomes.map(({ status }) => status)).toEqual(['skipped', 'skipped', 'accepted', 'skipped']);
    expect(transport.events.map((event) => event.event_type)).toEqual(['webhook.approval.decided']);
  });
});
