import type { AuditClient, BuildersFor, EmissionOutcome } from '@audit/client';
import type { webhookEvents } from '@audit/schema';
import { expectTypeOf } from 'vitest';
import type { AuthenticatedUser } from './attribution.ts';
import * as builders from './builders.ts';
import type {
  NotificationRequest,
  RemediationApprovalRequest,
  RemediationRequest,
  WorkflowExecution,
} from './kubernetes-objects.ts';
import { createWebhookAuditManager } from './manager.ts';

declare const client: AuditClient;
declare const user: AuthenticatedUser;
declare const notification: NotificationRequest;
declare const execution: WorkflowExecution;
declare const request: RemediationApprovalRequest;
declare const remediation: RemediationRequest;
declare const moment: Date;

const audit = createWebhookAuditManager(client);

expectTypeOf(audit).toHaveProperty('approvalDecided');
expectTypeOf(audit.notificationCancelled({ notification, user })).toEqualTypeOf<EmissionOutcome>();

// @ts-expect-error who acted must be said
audit.notificationCancelled({ notification });

audit.approvalDecided({ request, previous: null, user, decidedAt: moment });
// @ts-expect-error the old object tells whether it was decided before
audit.approvalDecided({ request, user, decidedAt: moment });
// @ts-expect-error there is no old object on creation: that is null and must be said
audit.approvalDecided({ request, previous: undefined, user, decidedAt: moment });

audit.workflowUnblocked({ execution, previous: execution, user, clearedAt: moment });
// @ts-expect-error a builder has no clock: the moment is the one that goes into the object
audit.workflowUnblocked({ execution, previous: execution, user });

audit.remediationrequestTimeoutModified({ remediation, previous: null, user, modifiedAt: moment });
audit.remediationrequestTimeoutModified({
  remediation,
  previous: null,
  user,
  // @ts-expect-error the moment is a Date
  modifiedAt: '2026-01-14T09:31:48Z',
});

// @ts-expect-error there is no such event
audit.notificationEscalated({ notification, user });

builders satisfies BuildersFor<typeof webhookEvents>;
const { approvalDecided, ...incomplete } = builders;
// @ts-expect-error a builder is missing
incomplete satisfies BuildersFor<typeof webhookEvents>;
// @ts-expect-error a builder stands under the name of another
({ ...builders, workflowUnblocked: approvalDecided }) satisfies BuildersFor<typeof webhookEvents>;

// The user as an AdmissionRequest carries him.
const userInfo = {
  username: 'marta.keller@example.com',
  uid: 'e420',
  groups: ['system:authenticated'],
  extra: { scopes: ['all'] },
};
expectTypeOf(userInfo).toExtend<AuthenticatedUser>();

// Objects as an AdmissionReview carries them, with fields that the audit trail does not read.
const metadata = {
  name: 'x-1',
  namespace: 'payments',
  uid: '6a1d',
  generation: 1,
  labels: { team: 'checkout' },
};
const remediationRequestRef = {
  apiVersion: 'kubernaut.ai/v1alpha1',
  kind: 'RemediationRequest',
  name: 'rr-1',
};

const completeNotification = {
  apiVersion: 'kubernaut.ai/v1alpha1',
  kind: 'NotificationRequest',
  metadata: { ...metadata, deletionTimestamp: null, finalizers: ['kubernaut.ai/finalizer'] },
  spec: {
    remediationRequestRef,
    type: 'approval',
    priority: 'high',
    recipients: [{ slack: '#payments' }, { email: 'oncall@example.com' }],
    subject: 'Approval needed',
    body: 'Please decide.',
    channels: ['slack'],
    retryPolicy: { maxAttempts: 5 },
  },
  status: { phase: 'Sending', deliveryAttempts: [], totalAttempts: 1 },
};
expectTypeOf(completeNotification).toExtend<NotificationRequest>();

const completeExecution = {
  apiVersion: 'kubernaut.ai/v1alpha1',
  kind: 'WorkflowExecution',
  metadata,
  spec: { remediationRequestRef, workflowRef: { workflowId: 'restart' }, targetResource: 'a/Pod/b' },
  status: {
    phase: 'Failed',
    blockClearance: { clearReason: 'checked', clearedBy: '', clearedAt: null, clearMethod: 'StatusField' },
  },
};
expectTypeOf(completeExecution).toExtend<WorkflowExecution>();

const completeRequest = {
  apiVersion: 'kubernaut.ai/v1alpha1',
  kind: 'RemediationApprovalRequest',
  metadata,
  spec: { remediationRequestRef, aiAnalysisRef: { name: 'ai-1' }, confidence: 0.7, reason: 'low confidence' },
  status: { decision: 'Approved', decidedBy: '', decidedAt: null, decisionMessage: '', conditions: [] },
};
expectTypeOf(completeRequest).toExtend<RemediationApprovalRequest>();

const completeRemediation = {
  apiVersion: 'kubernaut.ai/v1alpha1',
  kind: 'RemediationRequest',
  metadata,
  spec: { signalName: 'OOMKilled', severity: 'critical' },
  status: {
    overallPhase: 'Executing',
    timeoutConfig: { global: '1h0m0s', processing: null, verifying: '10m0s' },
    lastModifiedBy: 'marta.keller@example.com',
  },
};
expectTypeOf(completeRemediation).toExtend<RemediationRequest>();

// @ts-expect-error the decision is text
({ ...completeRequest, status: { decision: 1 } }) satisfies RemediationApprovalRequest;
