import { type AuditClient, createAuditClient } from '@audit/client';
import { createMemoryTransport } from '@audit/client/testing';
import { orchestratorEvents } from '@audit/schema';
import { describeAuditManager } from '@audit/testkit';
import { describe, expect, it } from 'vitest';
import type { ApprovalRequest } from './approval-request.ts';
import { createOrchestratorAuditManager } from './manager.ts';
import type { RemediationRequest, RemediationRequestStatus } from './remediation-request.ts';

const metadata = {
  name: 'rr-3f9ab2c41d07-5e8c1a7b',
  namespace: 'payments',
  creationTimestamp: '2026-01-14T09:14:02Z',
};

const pending = withStatus({ overallPhase: 'Pending', timeoutConfig: { global: '1h0m0s' } });
const executing = withStatus({ overallPhase: 'Executing' });
const completed = withStatus({ overallPhase: 'Completed', outcome: 'Remediated' });
const failed = withStatus({
  overallPhase: 'Failed',
  failurePhase: 'ai_analysis',
  failureReason: 'no answer',
});
const timedOut = withStatus({ overallPhase: 'TimedOut', timeoutPhase: 'Analyzing' });
const blocked = withStatus({ overallPhase: 'Blocked', blockReason: 'ResourceBusy' });
const nameless = { metadata: { name: '' } } satisfies RemediationRequest;

const approvalRequest = {
  metadata: { name: 'rar-rr-3f9ab2c41d07-5e8c1a7b', namespace: 'payments' },
  spec: {
    remediationRequestRef: { name: 'rr-3f9ab2c41d07-5e8c1a7b' },
    recommendedWorkflow: { workflowId: 'da7f739f-6271-4846-9eea-b537a6f7a435' },
    confidence: 0.87,
    requiredBy: '2026-01-21T09:20:30Z',
  },
} satisfies ApprovalRequest;

const namelessRequest = {
  metadata: { name: '' },
  spec: { ...approvalRequest.spec, remediationRequestRef: {} },
} satisfies ApprovalRequest;

const endedAt = '2026-01-14T09:33:24Z';
const ended = { previousPhase: 'Executing', endedAt };

describeAuditManager({
  name: 'orchestrator',
  events: orchestratorEvents,
  createManager: createOrchestratorAuditManager,
  samples: {
    lifecycleStarted: [
      { remediation: pending, previousPhase: undefined },
      { remediation: pending, previousPhase: 'Pending' },
      { remediation: nameless, previousPhase: '' },
    ],
    lifecycleCreated: [
      { remediation: pending, previousPhase: undefined },
      { remediation: pending, previousPhase: 'Pending' },
    ],
    lifecycleTransitioned: [
      { remediation: executing, previousPhase: 'Analyzing', reason: 'approved' },
      { remediation: executing, previousPhase: 'Executing' },
      { remediation: completed, previousPhase: 'Executing' },
    ],
    lifecycleCompleted: [
      { remediation: completed, ...ended, result: 'success' },
      { remediation: failed, ...ended, result: 'failure', error: { code: 404 } },
      { remediation: timedOut, ...ended, result: 'timeout', timeoutKind: 'phase' },
      { remediation: completed, endedAt, previousPhase: 'Completed', result: 'success' },
    ],
    lifecycleFailed: [{ remediation: failed, ...ended }],
    approvalRequested: [
      { approvalRequest, previousPhase: 'Analyzing' },
      { approvalRequest: namelessRequest, previousPhase: '' },
      { approvalRequest, previousPhase: 'AwaitingApproval' },
    ],
    approvalApproved: [
      decided('Approved', 'marta.keller@example.com'),
      decided('Approved', ''),
      decided('Rejected', 'marta.keller@example.com'),
    ],
    approvalRejected: [decided('Rejected', 'tomas.lindqvist@example.com')],
    approvalExpired: [decided('Expired', 'system')],
    routingBlocked: [
      { remediation: blocked, previousPhase: 'Analyzing', previousBlockReason: undefined },
      { remediation: blocked, previousPhase: 'Blocked', previousBlockReason: 'ResourceBusy' },
    ],
    remediationManualReview: [{ remediation: failed, reason: 'AnalysisFailed' }],
  },
});

describe('one remediation, reconciled more than once', () => {
  it('records its start and its end once', async () => {
    const transport = createMemoryTransport();
    await using client: AuditClient = createAuditClient({ transport, durability: 'memory' });
    const audit = createOrchestratorAuditManager(client);
    const outcomes = [
      audit.lifecycleStarted({ remediation: pending, previousPhase: undefined }),
      audit.lifecycleStarted({ remediation: pending, previousPhase: 'Pending' }),
      audit.lifecycleCompleted({ remediation: completed, ...ended, result: 'success' }),
      audit.lifecycleCompleted({
        remediation: completed,
        endedAt,
        previousPhase: 'Completed',
        result: 'success',
      }),
    ];
    await client.flush();
    expect(outcomes.map(({ status }) => status)).toEqual(['accepted', 'skipped', 'accepted', 'skipped']);
    expect(transport.events.map((event) => event.event_type)).toEqual([
      'orchestrator.lifecycle.started',
      'orchestrator.lifecycle.completed',
    ]);
  });
});

function withStatus(status: RemediationRequestStatus): RemediationRequest {
  return { metadata, status };
}

function decided(decision: string, decidedBy: string) {
  const status = { decision, decidedBy, decisionMessage: 'as discussed' };
  return { approvalRequest: { ...approvalRequest, status }, previousDecision: undefined };
}
