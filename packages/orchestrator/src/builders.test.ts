import { isEventSkip, skipEvent } from '@audit/schema';
import { anyHostileText, expectStoredEvents } from '@audit/testkit';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ApprovalRequest, ApprovalRequestStatus } from './approval-request.ts';
import * as builders from './builders.ts';
import type { RemediationRequest, RemediationRequestStatus } from './remediation-request.ts';

// What the tests here build is also sent to the running service, which must store every event.
const expectEvent = expectStoredEvents();

const remediation = {
  metadata: {
    name: 'rr-3f9ab2c41d07-5e8c1a7b',
    namespace: 'payments',
    creationTimestamp: '2026-01-14T09:14:02Z',
  },
} satisfies RemediationRequest;

const envelope = {
  version: '1.0',
  event_category: 'orchestration',
  actor_type: 'service',
  actor_id: 'remediationorchestrator-controller',
  resource_type: 'RemediationRequest',
  resource_id: 'rr-3f9ab2c41d07-5e8c1a7b',
  correlation_id: 'rr-3f9ab2c41d07-5e8c1a7b',
  namespace: 'payments',
};

const basePayload = { rr_name: 'rr-3f9ab2c41d07-5e8c1a7b', namespace: 'payments' };

const approvalRequest = {
  metadata: { name: 'rar-rr-3f9ab2c41d07-5e8c1a7b', namespace: 'payments' },
  spec: {
    remediationRequestRef: { name: 'rr-3f9ab2c41d07-5e8c1a7b' },
    recommendedWorkflow: { workflowId: 'increase-memory' },
    confidence: 0.8712,
    requiredBy: '2026-01-21T10:20:30+01:00',
  },
} satisfies ApprovalRequest;

const approvalPayload = {
  ...basePayload,
  rar_name: 'rar-rr-3f9ab2c41d07-5e8c1a7b',
  workflow_id: 'increase-memory',
};

const approvalResource = {
  resource_type: 'RemediationApprovalRequest',
  resource_id: 'rar-rr-3f9ab2c41d07-5e8c1a7b',
};

describe('lifecycleStarted', () => {
  it.each([undefined, ''])('records a remediation that had phase %j', (previousPhase) => {
    expect(builders.lifecycleStarted({ remediation, previousPhase })).toStrictEqual({
      ...envelope,
      event_type: 'orchestrator.lifecycle.started',
      event_action: 'started',
      event_outcome: 'pending',
      event_data: { event_type: 'orchestrator.lifecycle.started', ...basePayload },
    });
  });

  it('is skipped when the remediation had a phase: concurrent reconciles no longer record it twice', () => {
    expect(builders.lifecycleStarted({ remediation, previousPhase: 'Pending' })).toStrictEqual(
      skipEvent('the remediation had a phase: the start is recorded once, before it'),
    );
  });
});

describe('lifecycleCreated', () => {
  it('records the time limits', () => {
    const timeoutConfig = { global: '1h0m0s', processing: '5m0s', analyzing: '10m0s', executing: '30m0s' };
    expect(created({ timeoutConfig })).toStrictEqual({
      ...envelope,
      event_type: 'orchestrator.lifecycle.created',
      event_action: 'created',
      event_outcome: 'success',
      event_data: {
        event_type: 'orchestrator.lifecycle.created',
        ...basePayload,
        timeout_config: { global: '1h0m0s', processing: '5m0s', analyzing: '10m0s', executing: '30m0s' },
      },
    });
  });

  it.each(['0s', '0h0m0s', '+0', '0.0s', '-5m0s', '', null])('takes %j for no limit', (processing) => {
    expect(created({ timeoutConfig: { global: '90m', processing } }).event_data).toStrictEqual({
      event_type: 'orchestrator.lifecycle.created',
      ...basePayload,
      timeout_config: { global: '90m' },
    });
  });

  it.each([undefined, null, {}, { global: '0s' }])('leaves out limits %j', (timeoutConfig) => {
    const status = timeoutConfig === undefined ? {} : { timeoutConfig };
    expect(created(status).event_data).toStrictEqual({
      event_type: 'orchestrator.lifecycle.created',
      ...basePayload,
    });
  });

  it('is skipped when the remediation had a phase', () => {
    expect(builders.lifecycleCreated({ remediation, previousPhase: 'Pending' })).toStrictEqual(
      skipEvent('the remediation had a phase: the creation is recorded once, before it'),
    );
  });
});

describe('lifecycleTransitioned', () => {
  it('records the phases before and after, and why', () => {
    const input = { ...inPhase('Processing'), previousPhase: 'Pending', reason: 'SignalProcessing created' };
    expect(builders.lifecycleTransitioned(input)).toStrictEqual({
      ...envelope,
      event_type: 'orchestrator.lifecycle.transitioned',
      event_action: 'transitioned',
      event_outcome: 'success',
      event_data: {
        event_type: 'orchestrator.lifecycle.transitioned',
        ...basePayload,
        from_phase: 'Pending',
        to_phase: 'Processing',
        transition_reason: 'SignalProcessing created',
      },
    });
  });

  it.each(['Skipped', 'Cancelled', 'Verifying'])('records the way from no phase to %s', (phase) => {
    expect(builders.lifecycleTransitioned({ ...inPhase(phase), previousPhase: undefined })).toMatchObject({
      event_data: { from_phase: '', to_phase: phase },
    });
  });

  it.each([
    ['Analyzing', 'Analyzing'],
    ['', undefined],
  ])('is skipped when phase %j was %j', (phase, previousPhase) => {
    expect(builders.lifecycleTransitioned({ ...inPhase(phase), previousPhase })).toStrictEqual(
      skipEvent('the phase is unchanged'),
    );
  });

  it.each(['Completed', 'Failed', 'TimedOut'])(
    'is skipped for %s, which lifecycleCompleted records',
    (phase) => {
      expect(builders.lifecycleTransitioned({ ...inPhase(phase), previousPhase: 'Executing' })).toStrictEqual(
        skipEvent(`${phase} is an end: orchestrator.lifecycle.completed tells it`),
      );
    },
  );
});

describe('lifecycleCompleted', () => {
  const ended = { previousPhase: 'Executing', endedAt: '2026-01-14T09:33:23.677Z' };

  it('records success with the outcome of the object: the reference wrote Success over it', () => {
    const status = { outcome: 'Remediated', selectedWorkflowRef: { workflowId: 'increase-memory' } };
    const input = { ...withStatus(status), ...ended, result: 'success' } as const;
    expect(builders.lifecycleCompleted(input)).toStrictEqual({
      ...envelope,
      event_type: 'orchestrator.lifecycle.completed',
      event_action: 'completed',
      event_outcome: 'success',
      duration_ms: 1_161_677,
      event_data: {
        event_type: 'orchestrator.lifecycle.completed',
        ...basePayload,
        outcome: 'Success',
        duration_ms: 1_161_677,
        workflow_id: 'increase-memory',
        crd_outcome: 'Remediated',
      },
    });
  });

  it('records failure with the words of its reason: the reference kept words of its list only', () => {
    const status = { failurePhase: 'workflow_execution', failureReason: 'pod oom killed', outcome: 'Failed' };
    const input = { ...withStatus(status), ...ended, result: 'failure' } as const;
    expect(builders.lifecycleCompleted(input)).toStrictEqual({
      ...envelope,
      event_type: 'orchestrator.lifecycle.completed',
      event_action: 'completed',
      event_outcome: 'failure',
      duration_ms: 1_161_677,
      event_data: {
        event_type: 'orchestrator.lifecycle.completed',
        ...basePayload,
        outcome: 'Failed',
        duration_ms: 1_161_677,
        failure_phase: 'WorkflowExecution',
        failure_reason: 'Unknown',
        failure_message: 'pod oom killed',
        crd_outcome: 'Failed',
        error_details: {
          message: 'remediation failed in workflow_execution: pod oom killed',
          code: 'ERR_INTERNAL_ORCHESTRATION',
          component: 'remediationorchestrator',
          retry_possible: false,
        },
      },
    });
  });

  it('records a failure of which nothing is known', () => {
    expect(failure({}).event_data).toStrictEqual({
      event_type: 'orchestrator.lifecycle.completed',
      ...basePayload,
      duration_ms: 1_161_677,
      outcome: 'Failed',
      failure_reason: 'Unknown',
      error_details: {
        message: 'remediation failed',
        code: 'ERR_INTERNAL_ORCHESTRATION',
        component: 'remediationorchestrator',
        retry_possible: false,
      },
    });
  });

  it.each(['global', 'phase'] as const)('records that the %s limit ran out, and where', (timeoutKind) => {
    const input = {
      ...withStatus({ timeoutPhase: 'Analyzing' }),
      ...ended,
      result: 'timeout',
      timeoutKind,
    } as const;
    expect(builders.lifecycleCompleted(input)).toStrictEqual({
      ...envelope,
      event_type: 'orchestrator.lifecycle.completed',
      event_action: 'completed',
      event_outcome: 'failure',
      duration_ms: 1_161_677,
      event_data: {
        event_type: 'orchestrator.lifecycle.completed',
        ...basePayload,
        outcome: 'Failed',
        duration_ms: 1_161_677,
        failure_phase: 'AIAnalysis',
        failure_reason: 'Timeout',
        timeout_kind: timeoutKind,
        timeout_phase: 'Analyzing',
      },
    });
  });

  it('keeps a timeout phase outside the list of failing parts', () => {
    const input = {
      ...withStatus({ timeoutPhase: 'Blocked' }),
      ...ended,
      result: 'timeout',
      timeoutKind: 'global',
    } as const;
    expect(builders.lifecycleCompleted(input)).toMatchObject({ event_data: { timeout_phase: 'Blocked' } });
    expect(builders.lifecycleCompleted(input)).not.toHaveProperty('event_data.failure_phase');
  });

  it.each(['Completed', 'Failed', 'TimedOut', 'Skipped', 'Cancelled'])(
    'is skipped after %s',
    (previousPhase) => {
      expect(
        builders.lifecycleCompleted({ remediation, ...ended, previousPhase, result: 'success' }),
      ).toStrictEqual(skipEvent('the remediation had ended before: its end is recorded once'));
    },
  );
});

describe('lifecycleFailed', () => {
  const input = {
    ...withStatus({ failurePhase: 'Approval', failureReason: 'ApprovalRejected' }),
    previousPhase: 'AwaitingApproval',
    endedAt: '2026-01-14T09:33:23.677Z',
  };

  it('records the failure as lifecycleCompleted does, under its own type', () => {
    expect(builders.lifecycleFailed(input)).toStrictEqual({
      ...envelope,
      event_type: 'orchestrator.lifecycle.failed',
      event_action: 'failed',
      event_outcome: 'failure',
      duration_ms: 1_161_677,
      event_data: {
        event_type: 'orchestrator.lifecycle.failed',
        ...basePayload,
        outcome: 'Failed',
        duration_ms: 1_161_677,
        failure_phase: 'Approval',
        failure_reason: 'ApprovalRejected',
        failure_message: 'ApprovalRejected',
        error_details: {
          message: 'remediation failed in Approval: ApprovalRejected',
          code: 'ERR_INTERNAL_ORCHESTRATION',
          component: 'remediationorchestrator',
          retry_possible: false,
        },
      },
    });
  });

  it('is skipped when the remediation had ended', () => {
    expect(builders.lifecycleFailed({ ...input, previousPhase: 'Failed' })).toStrictEqual(
      skipEvent('the remediation had ended before: its end is recorded once'),
    );
  });
});

describe('failure class', () => {
  it.each([
    ['ERR_INVALID_TIMEOUT_CONFIG: negative timeout', 'ERR_INVALID_TIMEOUT_CONFIG', false, 'ValidationError'],
    ['invalid timeout', 'ERR_INVALID_CONFIG', false, 'ValidationError'],
    ['bad configuration', 'ERR_INVALID_CONFIG', false, 'ValidationError'],
    ['timeout waiting for AIAnalysis', 'ERR_TIMEOUT_REMEDIATION', true, 'Timeout'],
    ['workflow not found', 'ERR_K8S_CREATE_FAILED', true, 'InfrastructureError'],
    ['failed to create AIAnalysis', 'ERR_K8S_CREATE_FAILED', true, 'InfrastructureError'],
    ['Timeout', 'ERR_TIMEOUT_REMEDIATION', true, 'Timeout'],
    ['ValidationError', 'ERR_INVALID_CONFIG', false, 'ValidationError'],
    ['InfrastructureError', 'ERR_INTERNAL_ORCHESTRATION', false, 'InfrastructureError'],
    ['Unknown', 'ERR_INTERNAL_ORCHESTRATION', false, 'Unknown'],
    ['something else', 'ERR_INTERNAL_ORCHESTRATION', false, 'Unknown'],
  ])('of the reason %j is %s, retry %s', (failureReason, code, retryPossible, reason) => {
    const { event_data } = failure({ failureReason });
    expect(event_data).toMatchObject({
      failure_reason: reason,
      failure_message: failureReason,
      error_details: { code, retry_possible: retryPossible },
    });
  });

  it.each([
    [{ reason: 'NotFound' }, 'ERR_K8S_NOT_FOUND', true],
    [{ reason: 'AlreadyExists', code: 409 }, 'ERR_K8S_ALREADY_EXISTS', false],
    [{ body: { reason: 'Conflict' } }, 'ERR_K8S_CONFLICT', true],
    [{ code: 403, body: 'not JSON' }, 'ERR_K8S_FORBIDDEN', false],
    [{ code: 404 }, 'ERR_K8S_NOT_FOUND', true],
    [{ statusCode: 409 }, 'ERR_K8S_CONFLICT', true],
    [{ code: 422 }, 'ERR_INVALID_CONFIG', false],
    [{ code: 503 }, 'ERR_K8S_SERVICE_UNAVAILABLE', true],
    [{ code: 504 }, 'ERR_TIMEOUT_REMEDIATION', true],
    [{ code: 'ERR_INVALID_TIMEOUT_CONFIG' }, 'ERR_INVALID_TIMEOUT_CONFIG', false],
    [{ code: 'ETIMEDOUT' }, 'ERR_TIMEOUT_REMEDIATION', true],
    [new DOMException('too late', 'TimeoutError'), 'ERR_TIMEOUT_REMEDIATION', true],
    [new Error('wrapped', { cause: { code: 404 } }), 'ERR_K8S_NOT_FOUND', true],
  ])('of the error %o is %s, retry %s, whatever the reason says', (error, code, retryPossible) => {
    const { event_data } = failure({ failureReason: 'bad configuration' }, error);
    expect(event_data.error_details).toMatchObject({ code, retry_possible: retryPossible });
  });

  it.each([new Error('odd'), { code: 418 }, 'odd', 7, null, selfCausedError()])(
    'falls back to the words of the reason for the error %o',
    (error) => {
      const { event_data } = failure({ failureReason: 'timeout' }, error);
      expect(event_data.error_details?.code).toBe('ERR_TIMEOUT_REMEDIATION');
    },
  );

  it.each([new Error('invalid workflow'), 'invalid workflow', { message: 'invalid workflow' }])(
    'takes the words of the error %o when the status has none',
    (error) => {
      expect(failure({ failurePhase: '', failureReason: null }, error).event_data).toMatchObject({
        failure_message: 'invalid workflow',
        error_details: { message: 'remediation failed: invalid workflow', code: 'ERR_INVALID_CONFIG' },
      });
    },
  );

  it('cuts a reason that would make the event too large', () => {
    const { event_data } = failure({ failureReason: 'x'.repeat(1_000_000) });
    expect(event_data.failure_message).toBe(`${'x'.repeat(16_383)}…`);
  });
});

describe('failure phase', () => {
  it.each([
    ['signal_processing', 'SignalProcessing'],
    ['SignalProcessing', 'SignalProcessing'],
    ['Processing', 'SignalProcessing'],
    ['ai_analysis', 'AIAnalysis'],
    ['AIAnalysis', 'AIAnalysis'],
    ['Analyzing', 'AIAnalysis'],
    ['workflow_execution', 'WorkflowExecution'],
    ['WorkflowExecution', 'WorkflowExecution'],
    ['Executing', 'WorkflowExecution'],
    ['approval', 'Approval'],
    ['Approval', 'Approval'],
    ['AwaitingApproval', 'Approval'],
    ['configuration', 'Configuration'],
    ['Configuration', 'Configuration'],
  ])('reads %s as %s', (failurePhase, part) => {
    expect(failure({ failurePhase }).event_data.failure_phase).toBe(part);
  });

  it.each(['Blocked', '__proto__'])('leaves out %s, which the error details name', (failurePhase) => {
    const { event_data } = failure({ failurePhase });
    expect(event_data).not.toHaveProperty('failure_phase');
    expect(event_data.error_details?.message).toBe(`remediation failed in ${failurePhase}`);
  });
});

describe('duration', () => {
  it.each([
    ['2026-01-14T09:14:02Z', '2026-01-14T09:14:03.500Z', 1500],
    ['2026-01-14T09:14:02Z', '2026-01-14T10:14:03+01:00', 1000],
    ['2026-01-14T09:14:02Z', '2026-01-14T09:14:01Z', 0],
    ['2026-01-14T09:14:02Z', 'now', undefined],
    ['2026-01-14T09:14:02Z', '', undefined],
    [null, '2026-01-14T09:14:03Z', undefined],
  ])(
    'from %j to %j is %j ms, in the payload as in the envelope',
    (creationTimestamp, endedAt, durationMs) => {
      const metadata = { ...remediation.metadata, creationTimestamp };
      const built = expectEvent(
        builders.lifecycleCompleted({
          remediation: { metadata },
          previousPhase: '',
          endedAt,
          result: 'success',
        }),
      );
      expect([built.duration_ms, built.event_data.duration_ms]).toEqual([durationMs, durationMs]);
    },
  );

  it('is counted from the start when the creation is not known', () => {
    const built = expectEvent(
      builders.lifecycleCompleted({
        remediation: { metadata: { name: 'rr-1' }, status: { startTime: '2026-01-14T09:14:02Z' } },
        previousPhase: 'Executing',
        endedAt: '2026-01-14T09:14:07Z',
        result: 'timeout',
        timeoutKind: 'global',
      }),
    );
    expect(built.duration_ms).toBe(5000);
  });
});

describe('approvalRequested', () => {
  it('records what is to be approved, and until when', () => {
    expect(builders.approvalRequested({ approvalRequest, previousPhase: 'Analyzing' })).toStrictEqual({
      ...envelope,
      ...approvalResource,
      event_type: 'orchestrator.approval.requested',
      event_action: 'approval_requested',
      event_outcome: 'pending',
      event_data: {
        event_type: 'orchestrator.approval.requested',
        ...approvalPayload,
        required_by: '2026-01-21T09:20:30Z',
        confidence_str: '0.87',
        decision: 'Pending',
      },
    });
  });

  it('leaves out what is not known', () => {
    const spec = {
      remediationRequestRef: {},
      recommendedWorkflow: {},
      confidence: Number.NaN,
      requiredBy: null,
    };
    const unknown = { metadata: { name: '' }, spec };
    expect(builders.approvalRequested({ approvalRequest: unknown, previousPhase: '' })).toStrictEqual({
      version: '1.0',
      event_category: 'orchestration',
      actor_type: 'service',
      actor_id: 'remediationorchestrator-controller',
      resource_type: 'RemediationApprovalRequest',
      resource_id: 'unknown',
      correlation_id: 'unknown',
      event_type: 'orchestrator.approval.requested',
      event_action: 'approval_requested',
      event_outcome: 'pending',
      event_data: {
        event_type: 'orchestrator.approval.requested',
        rr_name: '',
        namespace: '',
        decision: 'Pending',
      },
    });
  });

  it('is skipped when the remediation was waiting for approval', () => {
    expect(builders.approvalRequested({ approvalRequest, previousPhase: 'AwaitingApproval' })).toStrictEqual(
      skipEvent('the remediation was waiting for approval already'),
    );
  });
});

describe('approvalApproved', () => {
  it('records who approved, and what they said: the reference left out their words', () => {
    const input = decided('Approved', 'marta.keller@example.com', 'Agreed with the payments team.');
    expect(builders.approvalApproved(input)).toStrictEqual({
      ...envelope,
      event_type: 'orchestrator.approval.approved',
      event_action: 'approved',
      event_outcome: 'success',
      actor_type: 'user',
      actor_id: 'marta.keller@example.com',
      event_data: {
        event_type: 'orchestrator.approval.approved',
        ...approvalPayload,
        decision: 'Approved',
        approved_by: 'marta.keller@example.com',
        decided_by: 'marta.keller@example.com',
        message: 'Agreed with the payments team.',
      },
    });
  });

  it('names a service when the system approved', () => {
    expect(builders.approvalApproved(decided('Approved', 'system'))).toMatchObject({
      actor_type: 'service',
      actor_id: 'remediationorchestrator-controller',
      event_data: { decided_by: 'system' },
    });
  });

  it('names an unknown user when nobody is named', () => {
    const built = expectEvent(builders.approvalApproved(decided('', '')));
    expect([built.actor_type, built.actor_id]).toEqual(['user', 'unknown']);
    expect(built.event_data).toStrictEqual({
      event_type: 'orchestrator.approval.approved',
      ...approvalPayload,
      decision: 'Approved',
    });
  });
});

describe('approvalRejected', () => {
  it('records who rejected, and why', () => {
    const input = decided('Rejected', 'tomas.lindqvist@example.com', 'A restart does not help.');
    expect(builders.approvalRejected(input)).toStrictEqual({
      ...envelope,
      event_type: 'orchestrator.approval.rejected',
      event_action: 'rejected',
      event_outcome: 'failure',
      actor_type: 'user',
      actor_id: 'tomas.lindqvist@example.com',
      event_data: {
        event_type: 'orchestrator.approval.rejected',
        ...approvalPayload,
        decision: 'Rejected',
        rejected_by: 'tomas.lindqvist@example.com',
        rejection_reason: 'A restart does not help.',
        decided_by: 'tomas.lindqvist@example.com',
        message: 'A restart does not help.',
      },
    });
  });
});

describe('approvalExpired', () => {
  it.each(['system', ''])('is no rejection, and names the system when decided by %j', (decidedBy) => {
    expect(builders.approvalExpired(decided('Expired', decidedBy))).toStrictEqual({
      ...envelope,
      ...approvalResource,
      event_type: 'orchestrator.approval.expired',
      event_action: 'expired',
      event_outcome: 'failure',
      event_data: {
        event_type: 'orchestrator.approval.expired',
        ...approvalPayload,
        required_by: '2026-01-21T09:20:30Z',
        decision: 'Expired',
        decided_by: 'system',
      },
    });
  });

  it('names the user who let it expire by hand', () => {
    expect(builders.approvalExpired(decided('Expired', 'marta.keller@example.com'))).toMatchObject({
      actor_type: 'user',
      actor_id: 'marta.keller@example.com',
      event_data: { decided_by: 'marta.keller@example.com' },
    });
  });
});

describe('a decision', () => {
  const { approvalApproved, approvalRejected, approvalExpired } = builders;
  const methods = { approvalApproved, approvalRejected, approvalExpired };

  it.each([
    ['approvalApproved', 'Approved'],
    ['approvalRejected', 'Rejected'],
    ['approvalExpired', 'Expired'],
  ] as const)('is recorded once by %s', (method, decision) => {
    const input = { ...decided(decision, 'system'), previousDecision: decision };
    expect(methods[method](input)).toStrictEqual(
      skipEvent('the request was decided before: a decision is recorded once'),
    );
  });

  it.each([
    ['approvalApproved', 'Approved', 'Rejected'],
    ['approvalRejected', 'Rejected', 'Expired'],
    ['approvalExpired', 'Expired', 'Approved'],
  ] as const)('is not recorded by %s as %s when it is %s', (method, recorded, decision) => {
    expect(methods[method](decided(decision, 'marta.keller@example.com'))).toStrictEqual(
      skipEvent(`the request says ${decision}: it is not recorded as ${recorded}`),
    );
  });

  it('finds the remediation by the name of the request when the reference is empty', () => {
    const { spec, metadata } = approvalRequest;
    const unreferenced = { metadata, spec: { ...spec, remediationRequestRef: { name: '' } } };
    const input = { approvalRequest: unreferenced, previousDecision: undefined };
    expect(approvalApproved(input)).toMatchObject({
      correlation_id: 'rr-3f9ab2c41d07-5e8c1a7b',
      resource_id: 'rr-3f9ab2c41d07-5e8c1a7b',
      event_data: { rr_name: 'rr-3f9ab2c41d07-5e8c1a7b' },
    });
  });
});

describe('routingBlocked', () => {
  const status = {
    overallPhase: 'Blocked',
    blockReason: 'ExponentialBackoff',
    blockMessage: 'An execution on the same target failed.',
    blockedUntil: '2026-01-14T09:44:13Z',
    blockingWorkflowExecution: 'wfe-rr-3f9ab2c41d07-c85e1f60',
    duplicateOf: 'rr-3f9ab2c41d07-0a1b2c3d',
    consecutiveFailureCount: 1,
  } satisfies RemediationRequestStatus;

  it('records why and until when: the reference dropped the block', () => {
    const input = {
      ...withStatus(status),
      previousPhase: 'Analyzing',
      previousBlockReason: undefined,
      workflowId: 'increase-memory',
      targetResource: 'payments/Deployment/checkout',
      requeueAfterSeconds: 300,
      backoffSeconds: 3600,
    };
    expect(builders.routingBlocked(input)).toStrictEqual({
      ...envelope,
      event_type: 'orchestrator.routing.blocked',
      event_action: 'blocked',
      event_outcome: 'pending',
      event_data: {
        event_type: 'orchestrator.routing.blocked',
        ...basePayload,
        from_phase: 'Analyzing',
        to_phase: 'Blocked',
        workflow_id: 'increase-memory',
        block_details: {
          reason: 'ExponentialBackoff',
          message: 'An execution on the same target failed.',
          from_phase: 'Analyzing',
          to_phase: 'Blocked',
          workflow_id: 'increase-memory',
          target_resource: 'payments/Deployment/checkout',
          requeue_after_seconds: 300,
          blocked_until: '2026-01-14T09:44:13Z',
          blocking_workflow_execution: 'wfe-rr-3f9ab2c41d07-c85e1f60',
          duplicate_of: 'rr-3f9ab2c41d07-0a1b2c3d',
          consecutive_failures: 1,
          backoff_seconds: 3600,
        },
      },
    });
  });

  it('records a block of which nothing is known', () => {
    const input = { remediation, previousPhase: undefined, previousBlockReason: undefined };
    expect(expectEvent(builders.routingBlocked(input)).event_data).toStrictEqual({
      event_type: 'orchestrator.routing.blocked',
      ...basePayload,
      block_details: { reason: 'Unknown' },
    });
  });

  it('takes the workflow from the status when the router names none', () => {
    const input = {
      ...withStatus({ ...status, selectedWorkflowRef: { workflowId: 'restart' } }),
      previousPhase: 'Analyzing',
      previousBlockReason: '',
    };
    expect(builders.routingBlocked(input)).toMatchObject({ event_data: { workflow_id: 'restart' } });
  });

  it.each([
    [12.6, 13],
    [-1, 0],
    [Number.NaN, undefined],
    [Number.POSITIVE_INFINITY, undefined],
    [1e300, undefined],
  ])('writes %d seconds as %d', (seconds, written) => {
    const times = { requeueAfterSeconds: seconds, backoffSeconds: seconds };
    const input = { ...withStatus(status), previousPhase: '', previousBlockReason: '', ...times };
    const { block_details } = expectEvent(builders.routingBlocked(input)).event_data;
    expect([block_details?.requeue_after_seconds, block_details?.backoff_seconds]).toEqual([
      written,
      written,
    ]);
  });

  it.each([-1, 0.5, Number.NaN])('leaves out %d failures in a row', (consecutiveFailureCount) => {
    const input = { ...withStatus({ consecutiveFailureCount }), previousPhase: '', previousBlockReason: '' };
    expect(builders.routingBlocked(input)).not.toHaveProperty(
      'event_data.block_details.consecutive_failures',
    );
  });

  it('is recorded once per reason', () => {
    const input = { ...withStatus(status), previousPhase: 'Blocked' };
    expect(builders.routingBlocked({ ...input, previousBlockReason: 'ExponentialBackoff' })).toStrictEqual(
      skipEvent('the block is unchanged: it is recorded once per reason'),
    );
    expect(builders.routingBlocked({ ...input, previousBlockReason: 'ResourceBusy' })).toMatchObject({
      event_data: { block_details: { reason: 'ExponentialBackoff', from_phase: 'Blocked' } },
    });
  });
});

describe('remediationManualReview', () => {
  it('records what a human must look at, as a warning', () => {
    const input = {
      remediation,
      reason: 'AnalysisFailed',
      subReason: 'MaxRetriesExceeded',
      notificationName: 'nr-manual-review-rr-3f9ab2c41d07-5e8c1a7b',
    };
    expect(builders.remediationManualReview(input)).toStrictEqual({
      ...envelope,
      event_type: 'orchestrator.remediation.manual_review',
      event_action: 'manual_review_required',
      event_outcome: 'pending',
      severity: 'warning',
      event_data: {
        event_type: 'orchestrator.remediation.manual_review',
        ...basePayload,
        reason: 'AnalysisFailed',
        sub_reason: 'MaxRetriesExceeded',
        notification_name: 'nr-manual-review-rr-3f9ab2c41d07-5e8c1a7b',
      },
    });
  });

  it('leaves out what is not known', () => {
    expect(builders.remediationManualReview({ remediation, reason: '' }).event_data).toStrictEqual({
      event_type: 'orchestrator.remediation.manual_review',
      ...basePayload,
    });
  });
});

describe('names', () => {
  it('correlates by the name of the remediation, where the reference took its UID', () => {
    const withUid = { metadata: { ...remediation.metadata, uid: '6a1d' } };
    const built = expectEvent(builders.lifecycleStarted({ remediation: withUid, previousPhase: '' }));
    expect(built.correlation_id).toBe('rr-3f9ab2c41d07-5e8c1a7b');
  });

  it('correlates by "unknown" when the remediation has no name', () => {
    const nameless = { metadata: { name: '', namespace: '' } };
    const built = expectEvent(builders.lifecycleStarted({ remediation: nameless, previousPhase: '' }));
    expect([built.correlation_id, built.resource_id]).toEqual(['unknown', 'unknown']);
    expect(built).not.toHaveProperty('namespace');
  });

  it('cuts names that are too long for the envelope and keeps them whole in the payload', () => {
    const name = 'n'.repeat(300);
    const long = { metadata: { name, namespace: name } };
    const built = expectEvent(builders.lifecycleStarted({ remediation: long, previousPhase: '' }));
    expect(built.correlation_id).toBe(`${'n'.repeat(254)}…`);
    expect(built.event_data).toMatchObject({ rr_name: name, namespace: name });
  });
});

describe('any input', () => {
  it('becomes an event that the contract accepts, or a skip', () => {
    fc.assert(
      fc.property(anyRemediation(), anyApprovalRequest(), anyFacts(), (any, request, facts) => {
        const change = { ...facts, remediation: any };
        const approval = { ...facts, approvalRequest: request };
        const results = [
          builders.lifecycleStarted(change),
          builders.lifecycleCreated(change),
          builders.lifecycleTransitioned(change),
          builders.lifecycleCompleted({ ...change, result: 'success' }),
          builders.lifecycleCompleted({ ...change, result: 'failure' }),
          builders.lifecycleCompleted({ ...change, result: 'timeout' }),
          builders.lifecycleFailed(change),
          builders.approvalRequested(approval),
          builders.approvalApproved(approval),
          builders.approvalRejected(approval),
          builders.approvalExpired(approval),
          builders.routingBlocked(change),
          builders.remediationManualReview(change),
        ];
        for (const result of results) if (!isEventSkip(result)) expectEvent(result);
      }),
    );
  });
});

function withStatus(status: RemediationRequestStatus) {
  return { remediation: { ...remediation, status } };
}

function inPhase(overallPhase: string) {
  return withStatus({ overallPhase });
}

function created(status: RemediationRequestStatus) {
  return expectEvent(builders.lifecycleCreated({ ...withStatus(status), previousPhase: undefined }));
}

function failure(status: RemediationRequestStatus, error?: unknown) {
  const ended = { previousPhase: 'Executing', endedAt: '2026-01-14T09:33:23.677Z', error };
  return expectEvent(builders.lifecycleCompleted({ ...withStatus(status), ...ended, result: 'failure' }));
}

function selfCausedError(): Error {
  const error = new Error('circular');
  error.cause = error;
  return error;
}

function decided(decision: string, decidedBy: string, decisionMessage = '') {
  const status = { decision, decidedBy, decisionMessage } satisfies ApprovalRequestStatus;
  return { approvalRequest: { ...approvalRequest, status }, previousDecision: undefined };
}

function anyText(): fc.Arbitrary<string> {
  return anyHostileText('Failed', 'Blocked', 'timeout');
}

function anyTime(): fc.Arbitrary<string> {
  const anyDate = fc.date({ noInvalidDate: true }).map((date) => date.toISOString());
  return fc.oneof(anyDate, anyText());
}

function orNull<Value>(arbitrary: fc.Arbitrary<Value>): fc.Arbitrary<Value | null> {
  return fc.option(arbitrary, { nil: null });
}

function anyRemediation(): fc.Arbitrary<RemediationRequest> {
  const text = anyText();
  const metadata = fc.record(
    { name: text, namespace: text, creationTimestamp: orNull(anyTime()) },
    { requiredKeys: ['name'] },
  );
  return fc.record({ metadata, status: anyStatus() }, { requiredKeys: ['metadata'] });
}

function anyStatus(): fc.Arbitrary<RemediationRequestStatus> {
  const text = anyText();
  const limit = orNull(text);
  const limits = { global: limit, processing: limit, analyzing: limit, executing: limit };
  return fc.record(
    {
      overallPhase: text,
      startTime: orNull(anyTime()),
      timeoutConfig: orNull(fc.record(limits, { requiredKeys: [] })),
      outcome: text,
      failurePhase: orNull(text),
      failureReason: orNull(text),
      timeoutPhase: orNull(text),
      blockReason: text,
      blockMessage: text,
      blockedUntil: orNull(anyTime()),
      blockingWorkflowExecution: text,
      duplicateOf: text,
      consecutiveFailureCount: fc.double(),
      selectedWorkflowRef: orNull(fc.record({ workflowId: text }, { requiredKeys: [] })),
    },
    { requiredKeys: [] },
  );
}

function anyApprovalRequest(): fc.Arbitrary<ApprovalRequest> {
  const text = anyText();
  const decision = fc.oneof(text, fc.constantFrom('Approved', 'Rejected', 'Expired'));
  return fc.record(
    {
      metadata: fc.record({ name: text, namespace: text }, { requiredKeys: ['name'] }),
      spec: fc.record({
        remediationRequestRef: fc.record({ name: text }, { requiredKeys: [] }),
        recommendedWorkflow: fc.record({ workflowId: text }, { requiredKeys: [] }),
        confidence: fc.double(),
        requiredBy: orNull(anyTime()),
      }),
      status: fc.record({ decision, decidedBy: text, decisionMessage: text }, { requiredKeys: [] }),
    },
    { requiredKeys: ['metadata', 'spec'] },
  );
}

function anyFacts() {
  const text = anyText();
  return fc.record(
    {
      previousPhase: fc.option(text, { nil: undefined }),
      previousDecision: fc.constantFrom(undefined, '', 'Approved'),
      previousBlockReason: fc.option(text, { nil: undefined }),
      endedAt: anyTime(),
      timeoutKind: fc.constantFrom('global' as const, 'phase' as const),
      error: fc.anything(),
      reason: text,
      workflowId: text,
      targetResource: text,
      requeueAfterSeconds: fc.double(),
      backoffSeconds: fc.double(),
      subReason: text,
      notificationName: text,
    },
    {
      requiredKeys: [
        'previousPhase',
        'previousDecision',
        'previousBlockReason',
        'endedAt',
        'timeoutKind',
        'reason',
      ],
    },
  );
}
