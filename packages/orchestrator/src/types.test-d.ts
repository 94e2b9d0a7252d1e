import type { AuditClient, BuildersFor, EmissionOutcome } from '@audit/client';
import type { orchestratorEvents } from '@audit/schema';
import { expectTypeOf } from 'vitest';
import type { ApprovalRequest } from './approval-request.ts';
import * as builders from './builders.ts';
import { createOrchestratorAuditManager } from './manager.ts';
import type { RemediationRequest } from './remediation-request.ts';

declare const client: AuditClient;
declare const remediation: RemediationRequest;
declare const approvalRequest: ApprovalRequest;

const audit = createOrchestratorAuditManager(client);
const ended = { remediation, previousPhase: 'Executing', endedAt: '2026-01-14T09:33:24Z' };

expectTypeOf(audit).toHaveProperty('lifecycleCompleted');
expectTypeOf(
  audit.lifecycleStarted({ remediation, previousPhase: undefined }),
).toEqualTypeOf<EmissionOutcome>();

// @ts-expect-error the phase before must be said: the event is recorded once
audit.lifecycleStarted({ remediation });

audit.lifecycleCompleted({ ...ended, result: 'success' });
// @ts-expect-error how the remediation ended must be said
audit.lifecycleCompleted(ended);
// @ts-expect-error there are three ways to end
audit.lifecycleCompleted({ ...ended, result: 'skipped' });
// @ts-expect-error when it ended must be said: builders have no clock
audit.lifecycleCompleted({ remediation, previousPhase: 'Executing', result: 'success' });

audit.lifecycleCompleted({ ...ended, result: 'failure', error: new Error('no answer') });
// @ts-expect-error a success has no error
audit.lifecycleCompleted({ ...ended, result: 'success', error: new Error('no answer') });

audit.lifecycleCompleted({ ...ended, result: 'timeout', timeoutKind: 'global' });
// @ts-expect-error which limit ran out must be said
audit.lifecycleCompleted({ ...ended, result: 'timeout' });

audit.approvalApproved({ approvalRequest, previousDecision: undefined });
// @ts-expect-error the decision before must be said: the event is recorded once
audit.approvalApproved({ approvalRequest });
// @ts-expect-error an approval is about its request
audit.approvalApproved({ remediation, previousDecision: undefined });

audit.routingBlocked({ remediation, previousPhase: 'Analyzing', previousBlockReason: undefined });
// @ts-expect-error the block before must be said: a block is recorded once per reason
audit.routingBlocked({ remediation, previousPhase: 'Analyzing' });

// @ts-expect-error there is no such event
audit.lifecycleCancelled(ended);

builders satisfies BuildersFor<typeof orchestratorEvents>;
const { lifecycleFailed, ...incomplete } = builders;
// @ts-expect-error a builder is missing
incomplete satisfies BuildersFor<typeof orchestratorEvents>;
// @ts-expect-error a builder stands under the name of another
({ ...builders, lifecycleCompleted: lifecycleFailed }) satisfies BuildersFor<typeof orchestratorEvents>;

// The objects as the Kubernetes API returns them, with fields that the audit trail does not read.
const completeRemediation = {
  apiVersion: 'kubernaut.ai/v1alpha1',
  kind: 'RemediationRequest',
  metadata: { name: 'rr-1', namespace: 'payments', uid: '6a1d', creationTimestamp: '2026-01-14T09:14:02Z' },
  spec: { signalFingerprint: '3f9a', signalName: 'KubePodOOMKilled', severity: 'critical' },
  status: {
    observedGeneration: 1,
    overallPhase: 'Blocked',
    startTime: '2026-01-14T09:14:02Z',
    completedAt: null,
    timeoutConfig: { global: '1h0m0s', processing: '5m0s' },
    blockReason: 'ResourceBusy',
    blockedUntil: null,
    selectedWorkflowRef: { workflowId: 'restart', version: '1.0.0', executionBundle: 'restart:1.0.0' },
    conditions: [],
  },
};
expectTypeOf(completeRemediation).toExtend<RemediationRequest>();

// @ts-expect-error the phase is text
({ ...completeRemediation, status: { overallPhase: 1 } }) satisfies RemediationRequest;

const completeRequest = {
  apiVersion: 'kubernaut.ai/v1alpha1',
  kind: 'RemediationApprovalRequest',
  metadata: { name: 'rar-rr-1', namespace: 'payments', uid: '6a1d' },
  spec: {
    remediationRequestRef: { apiVersion: 'kubernaut.ai/v1alpha1', kind: 'RemediationRequest', name: 'rr-1' },
    aiAnalysisRef: { name: 'ai-rr-1' },
    confidence: 0.72,
    confidenceLevel: 'medium',
    recommendedWorkflow: { workflowId: 'restart', version: '1.0.0', rationale: 'it helped before' },
    requiredBy: '2026-01-21T09:20:30Z',
  },
  status: { decision: 'Approved', decidedBy: 'marta', decidedAt: '2026-01-14T09:31:49Z', conditions: [] },
};
expectTypeOf(completeRequest).toExtend<ApprovalRequest>();

// @ts-expect-error a request says what it recommends
({ ...completeRequest, spec: { remediationRequestRef: { name: 'rr-1' } } }) satisfies ApprovalRequest;
