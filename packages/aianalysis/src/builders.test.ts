import { isEventSkip, skipEvent } from '@audit/schema';
import { anyHostileText, expectStoredEvents } from '@audit/testkit';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AIAnalysis, AIAnalysisStatus, AnalysisError } from './ai-analysis.ts';
import * as builders from './builders.ts';

// What the tests here build is also sent to the running service, which must store every event.
const expectEvent = expectStoredEvents();

const analysis = {
  metadata: { name: 'ai-rr-3f9ab2c41d07-5e8c1a7b', namespace: 'payments' },
  spec: {
    remediationRequestRef: { name: 'rr-3f9ab2c41d07-5e8c1a7b' },
    remediationId: '0d6b2a54-6a3f-4a52-9a2a-0f5f3f3a8a51',
    analysisRequest: { signalContext: { environment: 'production' } },
  },
} satisfies AIAnalysis;

const envelope = {
  version: '1.0',
  event_category: 'analysis',
  actor_type: 'service',
  actor_id: 'aianalysis-controller',
  resource_type: 'AIAnalysis',
  resource_id: 'ai-rr-3f9ab2c41d07-5e8c1a7b',
  correlation_id: 'rr-3f9ab2c41d07-5e8c1a7b',
  namespace: 'payments',
};

const basePayload = {
  analysis_name: 'ai-rr-3f9ab2c41d07-5e8c1a7b',
  namespace: 'payments',
  approval_required: false,
  degraded_mode: false,
  warnings_count: 0,
};

const completedStatus = {
  phase: 'Completed',
  reason: 'AnalysisCompleted',
  subReason: 'LowConfidence',
  rootCause: 'Memory limit of 512Mi is too low.',
  selectedWorkflow: { workflowId: 'increase-memory', confidence: 0.87 },
  approvalRequired: true,
  approvalReason: 'Production changes need approval.',
  investigationId: 'inc-20260114-0914',
  targetInOwnerChain: false,
  warnings: ['Memory usage was still rising.'],
  degradedMode: true,
} satisfies AIAnalysisStatus;

const completedPayload = {
  ...basePayload,
  phase: 'Completed',
  approval_required: true,
  approval_reason: 'Production changes need approval.',
  degraded_mode: true,
  warnings_count: 1,
  confidence: 0.87,
  workflow_id: 'increase-memory',
  target_in_owner_chain: false,
  reason: 'AnalysisCompleted',
  sub_reason: 'LowConfidence',
  provider_response_summary: {
    incident_id: 'inc-20260114-0914',
    analysis_preview: 'Memory limit of 512Mi is too low.',
    selected_workflow_id: 'increase-memory',
    needs_human_review: true,
    warnings_count: 1,
  },
};

const timedOut = { message: 'calling /api/v1/incident/analyze: context deadline exceeded' };

describe('analysisCompleted', () => {
  it('records what the analysis found', () => {
    const input = { analysis: { ...analysis, status: completedStatus }, previousPhase: 'Analyzing' };
    expect(builders.analysisCompleted(input)).toStrictEqual({
      ...envelope,
      event_type: 'aianalysis.analysis.completed',
      event_action: 'analysis_complete',
      event_outcome: 'success',
      event_data: { event_type: 'aianalysis.analysis.completed', ...completedPayload },
    });
  });

  it('leaves out what is not known', () => {
    expect(buildCompleted({ phase: 'Completed' })).toStrictEqual({
      ...envelope,
      event_type: 'aianalysis.analysis.completed',
      event_action: 'analysis_complete',
      event_outcome: 'success',
      event_data: { event_type: 'aianalysis.analysis.completed', ...basePayload, phase: 'Completed' },
    });
  });

  it('is a failure when the phase is Failed', () => {
    const built = buildCompleted({ phase: 'Failed' });
    expect([built.event_outcome, built.event_data.phase]).toEqual(['failure', 'Failed']);
  });

  it('is recorded once: a completed analysis that is reconciled again is skipped', () => {
    for (const previousPhase of ['Completed', 'Failed']) {
      const input = { analysis: { ...analysis, status: completedStatus }, previousPhase };
      expect(builders.analysisCompleted(input)).toStrictEqual(
        skipEvent('the analysis had ended before: its end is recorded once'),
      );
    }
  });

  it.each([undefined, '', 'Pending', 'Investigating', 'Analyzing'])(
    'is skipped while the phase is %j',
    (phase) => {
      const open = { ...analysis, status: phase === undefined ? {} : { phase } };
      expect(builders.analysisCompleted({ analysis: open, previousPhase: 'Pending' })).toStrictEqual(
        skipEvent('the analysis has not ended'),
      );
    },
  );

  it('keeps the event when the phase is outside the contract', () => {
    expect(buildCompleted({ phase: 'Succeeded' }).event_data.phase).toBe('Completed');
  });
});

describe('provider response summary', () => {
  it.each<[boolean, AIAnalysisStatus]>([
    [false, { phase: 'Completed', selectedWorkflow: { workflowId: 'w', confidence: 1 } }],
    [true, { phase: 'Completed' }],
    [true, { phase: 'Failed', selectedWorkflow: { workflowId: 'w', confidence: 1 } }],
    [false, { ...completedStatus, approvalRequired: false }],
    [false, { ...completedStatus, subReason: 'ImageMismatch' }],
    [true, { ...completedStatus, subReason: 'WorkflowNotFound' }],
    [true, { ...completedStatus, subReason: 'NoMatchingWorkflows' }],
    [true, { ...completedStatus, subReason: 'LowConfidence' }],
    [true, { ...completedStatus, subReason: 'LLMParsingError' }],
    [true, { ...completedStatus, subReason: 'InvestigationInconclusive' }],
  ])('says needs_human_review %s for %j', (needsHumanReview, status) => {
    const { event_data } = buildCompleted({ ...status, investigationId: 'inc-1' });
    expect(event_data.provider_response_summary?.needs_human_review).toBe(needsHumanReview);
  });

  it('has an empty preview without a root cause, and no workflow when none was chosen', () => {
    const { event_data } = buildCompleted({ phase: 'Completed', investigationId: 'inc-1' });
    expect(event_data.provider_response_summary).toStrictEqual({
      incident_id: 'inc-1',
      analysis_preview: '',
      needs_human_review: true,
      warnings_count: 0,
    });
  });

  it.each([
    ['a'.repeat(500), 'a'.repeat(500)],
    ['a'.repeat(501), `${'a'.repeat(497)}...`],
    [`${'a'.repeat(496)}😀${'b'.repeat(10)}`, `${'a'.repeat(496)}...`],
    [`${'a'.repeat(495)}😀${'b'.repeat(10)}`, `${'a'.repeat(495)}😀...`],
  ])('cuts the preview after 500 units, never inside a character: %#', (rootCause, preview) => {
    const { event_data } = buildCompleted({ phase: 'Completed', investigationId: 'inc-1', rootCause });
    expect(event_data.provider_response_summary?.analysis_preview).toBe(preview);
  });
});

describe('analysisFailed', () => {
  it('has the full payload, unlike v1.5, and its own type while the phase is Investigating', () => {
    const status = { ...completedStatus, phase: 'Investigating', subReason: 'MaxRetriesExceeded' };
    const input = {
      analysis: { ...analysis, status },
      previousPhase: 'Investigating',
      error: timedOut,
    };
    expect(builders.analysisFailed(input)).toStrictEqual({
      ...envelope,
      event_type: 'aianalysis.analysis.failed',
      event_action: 'analysis_failed',
      event_outcome: 'failure',
      event_data: {
        ...completedPayload,
        event_type: 'aianalysis.analysis.failed',
        phase: 'Investigating',
        sub_reason: 'MaxRetriesExceeded',
        error_details: {
          message: 'calling /api/v1/incident/analyze: context deadline exceeded',
          code: 'ERR_UPSTREAM_TIMEOUT',
          component: 'aianalysis',
          retry_possible: true,
        },
      },
    });
  });

  it('always needs human review', () => {
    const status = { ...completedStatus, subReason: '', approvalRequired: false };
    const { event_data } = buildFailed({ status });
    expect(event_data.provider_response_summary?.needs_human_review).toBe(true);
  });

  it('is recorded once: an analysis that had ended before is skipped', () => {
    for (const previousPhase of ['Failed', 'Completed']) {
      expect(builders.analysisFailed({ analysis, previousPhase, error: timedOut })).toStrictEqual(
        skipEvent('the analysis had ended before: its end is recorded once'),
      );
    }
  });

  it.each([
    [undefined, 'Pending'],
    ['', 'Pending'],
    ['Pending', 'Pending'],
    ['Investigating', 'Investigating'],
    ['Analyzing', 'Analyzing'],
    ['Completed', 'Completed'],
    ['Failed', 'Failed'],
    ['Recommending', 'Failed'],
  ])('is not lost in phase %j, recorded as %s', (phase, recorded) => {
    const { event_data } = buildFailed(phase === undefined ? {} : { status: { phase } });
    expect(event_data.phase).toBe(recorded);
  });

  it.each([
    [{ message: 'connection timeout' }, 'ERR_UPSTREAM_TIMEOUT', true],
    [{ message: 'read tcp 10.0.0.1:443: i/o Timeout' }, 'ERR_UPSTREAM_TIMEOUT', true],
    [{ message: 'the request timed out' }, 'ERR_UPSTREAM_TIMEOUT', true],
    [{ name: 'TimeoutError', message: 'signal aborted' }, 'ERR_UPSTREAM_TIMEOUT', true],
    [timedOut, 'ERR_UPSTREAM_TIMEOUT', true],
    [{ message: 'timeout after an invalid response' }, 'ERR_UPSTREAM_TIMEOUT', true],
    [{ message: 'invalid response: no root cause' }, 'ERR_UPSTREAM_INVALID_RESPONSE', false],
    [new Error('HTTP 503'), 'ERR_UPSTREAM_FAILURE', true],
  ])('classifies %j as %s, retry %s', (error, code, retryPossible) => {
    expect(buildFailedBy(error).event_data.error_details).toStrictEqual({
      message: error.message,
      code,
      component: 'aianalysis',
      retry_possible: retryPossible,
    });
  });

  it.each([
    [undefined, undefined, 'analysis failed for an unknown reason', 'ERR_INTERNAL_UNKNOWN', false],
    [undefined, 'no workflow fits', 'no workflow fits', 'ERR_INTERNAL_UNKNOWN', false],
    [{ message: '' }, 'no workflow fits', 'no workflow fits', 'ERR_UPSTREAM_FAILURE', true],
    [{ message: '' }, '', 'analysis failed for an unknown reason', 'ERR_UPSTREAM_FAILURE', true],
  ])('with error %j and status message %j says %j', (error, statusMessage, message, code, retryPossible) => {
    const status = statusMessage === undefined ? {} : { message: statusMessage };
    expect(buildFailedBy(error, { status }).event_data.error_details).toStrictEqual({
      message,
      code,
      component: 'aianalysis',
      retry_possible: retryPossible,
    });
  });

  it('cuts messages that would make the event too large', () => {
    const text = 'x'.repeat(1_000_000);
    const { event_data } = buildFailedBy({ message: text }, { status: { approvalReason: text } });
    expect(event_data.approval_reason).toBe(`${'x'.repeat(16_383)}…`);
    expect(event_data.error_details?.message).toBe(`${'x'.repeat(16_383)}…`);
  });
});

describe('phaseTransition', () => {
  it('records the phase before and after', () => {
    const investigating = { ...analysis, status: { phase: 'Investigating' } };
    expect(builders.phaseTransition({ analysis: investigating, previousPhase: undefined })).toStrictEqual({
      ...envelope,
      event_type: 'aianalysis.phase.transition',
      event_action: 'phase_transition',
      event_outcome: 'success',
      event_data: {
        event_type: 'aianalysis.phase.transition',
        old_phase: 'Pending',
        new_phase: 'Investigating',
      },
    });
  });

  it.each([
    ['Analyzing', 'Analyzing'],
    ['', 'Pending'],
    ['Pending', ''],
  ])('is skipped when %j becomes %j', (previousPhase, phase) => {
    const unchanged = { ...analysis, status: { phase } };
    expect(builders.phaseTransition({ analysis: unchanged, previousPhase })).toStrictEqual(
      skipEvent(`the phase is still ${phase || 'Pending'}`),
    );
  });

  it('passes on phases that the contract does not know', () => {
    const odd = { ...analysis, status: { phase: 'Recommending' } };
    expect(builders.phaseTransition({ analysis: odd, previousPhase: 'Approving' })).toMatchObject({
      event_data: { old_phase: 'Approving', new_phase: 'Recommending' },
    });
  });
});

describe('holmesgptCall', () => {
  const call = { analysis, endpoint: '/api/v1/incident/analyze', durationMs: 47_611 };

  it('records the call with its length, in the payload and in the envelope', () => {
    expect(builders.holmesgptCall({ ...call, httpStatusCode: 200 })).toStrictEqual({
      ...envelope,
      event_type: 'aianalysis.holmesgpt.call',
      event_action: 'holmesgpt_call',
      event_outcome: 'success',
      duration_ms: 47_611,
      event_data: {
        event_type: 'aianalysis.holmesgpt.call',
        endpoint: '/api/v1/incident/analyze',
        http_status_code: 200,
        duration_ms: 47_611,
      },
    });
  });

  it.each([
    [202, 202, 'success'],
    [399, 399, 'success'],
    [400, 400, 'failure'],
    [503, 503, 'failure'],
    [undefined, 500, 'failure'],
    [0, 500, 'failure'],
    [600, 500, 'failure'],
    [200.5, 500, 'failure'],
    [Number.NaN, 500, 'failure'],
  ])('records the real HTTP status when it is known: %s as %d, %s', (status, recorded, outcome) => {
    const built = builders.holmesgptCall({ ...call, httpStatusCode: status });
    expect([built.event_data.http_status_code, built.event_outcome]).toEqual([recorded, outcome]);
  });

  it.each([
    [-3, 0],
    [11.6, 12],
    [-0, 0],
    [Number.NaN, 0],
    [Number.POSITIVE_INFINITY, Number.MAX_SAFE_INTEGER],
  ])('records a length of %d as %d', (durationMs, recorded) => {
    const built = expectEvent(builders.holmesgptCall({ ...call, httpStatusCode: 200, durationMs }));
    expect([built.duration_ms, built.event_data.duration_ms]).toEqual([recorded, recorded]);
  });
});

describe('approvalDecision', () => {
  const undecided = { analysis, reason: 'Production changes need approval.', alreadyDecided: false };

  it('records that approval is required, with the chosen workflow', () => {
    const decided = { ...analysis, status: completedStatus };
    const input = { ...undecided, analysis: decided, decision: 'requires_approval' } as const;
    expect(builders.approvalDecision(input)).toStrictEqual({
      ...envelope,
      event_type: 'aianalysis.approval.decision',
      event_action: 'approval_decision',
      event_outcome: 'success',
      event_data: {
        event_type: 'aianalysis.approval.decision',
        approval_required: true,
        approval_reason: 'Production changes need approval.',
        auto_approved: false,
        decision: 'requires_approval',
        reason: 'Production changes need approval.',
        environment: 'production',
        confidence: 0.87,
        workflow_id: 'increase-memory',
      },
    });
  });

  it('records that none is required', () => {
    const input = { ...undecided, reason: 'staging', decision: 'auto_approved' } as const;
    expect(builders.approvalDecision(input)).toMatchObject({
      event_data: { approval_required: false, auto_approved: true, decision: 'auto_approved' },
    });
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY])('leaves out a confidence of %d', (confidence) => {
    const status = { phase: 'Completed', selectedWorkflow: { workflowId: 'w', confidence } };
    const input = { ...undecided, analysis: { ...analysis, status }, decision: 'auto_approved' } as const;
    expect(builders.approvalDecision(input)).not.toHaveProperty('event_data.confidence');
    expect(buildCompleted(status).event_data).not.toHaveProperty('confidence');
  });

  it('is recorded once: a second decision is skipped', () => {
    const input = { ...undecided, decision: 'auto_approved', alreadyDecided: true } as const;
    expect(builders.approvalDecision(input)).toStrictEqual(skipEvent('the approval decision is recorded'));
  });
});

describe('regoEvaluation', () => {
  const evaluation = {
    analysis,
    outcome: 'requires_approval',
    degraded: false,
    durationMs: 12,
    reason: 'Production changes need approval.',
  };

  it('records the answer of the policy', () => {
    expect(builders.regoEvaluation(evaluation)).toStrictEqual({
      ...envelope,
      event_type: 'aianalysis.rego.evaluation',
      event_action: 'policy_evaluation',
      event_outcome: 'success',
      duration_ms: 12,
      event_data: {
        event_type: 'aianalysis.rego.evaluation',
        outcome: 'requires_approval',
        degraded: false,
        duration_ms: 12,
        reason: 'Production changes need approval.',
      },
    });
  });

  it.each([
    ['allow', 'success'],
    ['success', 'success'],
    ['auto_approved', 'success'],
    ['requires_approval', 'success'],
    ['deny', 'failure'],
    ['failure', 'failure'],
    ['error', 'pending'],
    ['', 'pending'],
    ['toString', 'pending'],
  ])('takes %j for %s', (outcome, eventOutcome) => {
    const built = builders.regoEvaluation({ ...evaluation, outcome, degraded: true });
    expect([built.event_outcome, built.event_data.outcome]).toEqual([eventOutcome, outcome]);
    expect(built.event_data.degraded).toBe(true);
  });

  it('takes approved for success, which v1.5 took for pending', () => {
    const built = builders.regoEvaluation({ ...evaluation, outcome: 'approved' });
    expect([built.event_outcome, built.event_data.outcome]).toEqual(['success', 'approved']);
  });
});

describe('errorOccurred', () => {
  const failed = { ...analysis, status: { phase: 'Failed' } };

  it('records the error with the phase in which it occurred', () => {
    expect(
      builders.errorOccurred({ analysis: failed, previousPhase: 'Investigating', error: timedOut }),
    ).toStrictEqual({
      ...envelope,
      event_type: 'aianalysis.error.occurred',
      event_action: 'error',
      event_outcome: 'failure',
      event_data: {
        event_type: 'aianalysis.error.occurred',
        phase: 'Investigating',
        error_message: 'calling /api/v1/incident/analyze: context deadline exceeded',
      },
    });
  });

  it.each([
    [{ message: '', name: 'AbortError' }, 'AbortError'],
    [{ message: '' }, 'unknown error'],
    [{ message: 'x'.repeat(20_000) }, `${'x'.repeat(16_383)}…`],
  ])('has a message in any case: %#', (error, message) => {
    expect(builders.errorOccurred({ analysis: failed, previousPhase: '', error })).toMatchObject({
      event_data: { phase: 'Pending', error_message: message },
    });
  });

  it('is skipped without an error', () => {
    expect(
      builders.errorOccurred({ analysis: failed, previousPhase: 'Analyzing', error: undefined }),
    ).toStrictEqual(skipEvent('there is no error'));
  });

  it.each(['Pending', 'Investigating', 'Analyzing', 'Completed', ''])(
    'is skipped when the analysis is left in %j: the controller tries again',
    (phase) => {
      const open = { ...analysis, status: { phase } };
      expect(
        builders.errorOccurred({ analysis: open, previousPhase: 'Analyzing', error: timedOut }),
      ).toStrictEqual(skipEvent('the error did not end the analysis'));
    },
  );

  it('is recorded once: an analysis that had ended before is skipped', () => {
    expect(
      builders.errorOccurred({ analysis: failed, previousPhase: 'Failed', error: timedOut }),
    ).toStrictEqual(skipEvent('the analysis had ended before: its end is recorded once'));
  });
});

describe('names', () => {
  const { analysisRequest } = analysis.spec;

  it.each([
    [{ remediationRequestRef: { name: 'rr-1' }, remediationId: 'id-1' }, 'rr-1'],
    [{ remediationRequestRef: { name: '' }, remediationId: 'id-1' }, 'id-1'],
    [{ remediationRequestRef: {}, remediationId: '' }, 'ai-rr-3f9ab2c41d07-5e8c1a7b'],
    [{ remediationRequestRef: {} }, 'ai-rr-3f9ab2c41d07-5e8c1a7b'],
  ])('correlates %j by %s, on failure too', (references, correlationId) => {
    const spec = { ...references, analysisRequest };
    expect(buildFailed({ spec }).correlation_id).toBe(correlationId);
  });

  it('correlates by "unknown" when nothing has a name', () => {
    const spec = { remediationRequestRef: {}, analysisRequest };
    const { correlation_id, resource_id } = buildFailed({ metadata: { name: '' }, spec });
    expect([correlation_id, resource_id]).toEqual(['unknown', 'unknown']);
  });

  it('leaves the namespace of an object without one out of the envelope, and empty in the payload', () => {
    const built = buildFailed({ metadata: { name: 'ai-1' } });
    expect(built).not.toHaveProperty('namespace');
    expect(built.event_data.namespace).toBe('');
  });
});

describe('any input', () => {
  it('becomes an event that the contract accepts, or a skip', () => {
    fc.assert(
      fc.property(anyAnalysis(), anyFacts(), (any, facts) => {
        const results = [
          builders.analysisCompleted({ analysis: any, ...facts }),
          builders.analysisFailed({ analysis: any, ...facts }),
          builders.phaseTransition({ analysis: any, ...facts }),
          builders.holmesgptCall({ analysis: any, ...facts }),
          builders.approvalDecision({ analysis: any, ...facts }),
          builders.regoEvaluation({ analysis: any, ...facts }),
          builders.errorOccurred({ analysis: any, ...facts }),
        ];
        for (const result of results) if (!isEventSkip(result)) expectEvent(result);
      }),
    );
  });
});

function buildCompleted(status: AIAnalysisStatus) {
  return expectEvent(
    builders.analysisCompleted({
      analysis: { ...analysis, status },
      previousPhase: 'Analyzing',
    }),
  );
}

function buildFailed(parts: Partial<AIAnalysis>) {
  return buildFailedBy(timedOut, parts);
}

function buildFailedBy(error: AnalysisError | undefined, parts: Partial<AIAnalysis> = {}) {
  return expectEvent(
    builders.analysisFailed({
      analysis: { ...analysis, ...parts },
      previousPhase: 'Investigating',
      error,
    }),
  );
}

function anyText(): fc.Arbitrary<string> {
  return anyHostileText('Completed', 'Failed');
}

function anyFacts() {
  const text = anyText();
  const optionalText = fc.option(text, { nil: undefined });
  return fc.record({
    previousPhase: optionalText,
    error: fc.option(fc.record({ name: text, message: text }, { requiredKeys: ['message'] }), {
      nil: undefined,
    }),
    endpoint: text,
    httpStatusCode: fc.option(fc.oneof(fc.double(), fc.integer({ min: 0, max: 700 })), { nil: undefined }),
    durationMs: fc.double(),
    decision: fc.constantFrom('requires_approval' as const, 'auto_approved' as const),
    reason: text,
    alreadyDecided: fc.boolean(),
    outcome: text,
    degraded: fc.boolean(),
  });
}

function anyAnalysis(): fc.Arbitrary<AIAnalysis> {
  const text = anyText();
  return fc.record(
    {
      metadata: fc.record({ name: text, namespace: text }, { requiredKeys: ['name'] }),
      spec: fc.record(
        {
          remediationRequestRef: fc.record({ name: text }, { requiredKeys: [] }),
          remediationId: text,
          analysisRequest: fc.record({ signalContext: fc.record({ environment: text }) }),
        },
        { requiredKeys: ['remediationRequestRef', 'analysisRequest'] },
      ),
      status: anyStatus(),
    },
    { requiredKeys: ['metadata', 'spec'] },
  );
}

function anyStatus(): fc.Arbitrary<AIAnalysisStatus> {
  const text = anyText();
  return fc.record(
    {
      phase: text,
      message: text,
      reason: text,
      subReason: text,
      rootCause: text,
      selectedWorkflow: fc.record({ workflowId: text, confidence: fc.double() }),
      approvalRequired: fc.boolean(),
      approvalReason: text,
      investigationId: text,
      targetInOwnerChain: fc.boolean(),
      warnings: fc.array(text),
      degradedMode: fc.boolean(),
    },
    { requiredKeys: [] },
  );
}
