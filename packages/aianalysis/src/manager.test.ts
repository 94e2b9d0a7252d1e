import { type AuditClient, createAuditClient } from '@audit/client';
import { createMemoryTransport } from '@audit/client/testing';
import { aianalysisEvents } from '@audit/schema';
import { describeAuditManager } from '@audit/testkit';
import { describe, expect, it } from 'vitest';
import type { AIAnalysis } from './ai-analysis.ts';
import { createAIAnalysisAuditManager } from './manager.ts';

const pending = {
  metadata: { name: 'ai-rr-3f9ab2c41d07-5e8c1a7b', namespace: 'payments' },
  spec: {
    remediationRequestRef: { name: 'rr-3f9ab2c41d07-5e8c1a7b' },
    remediationId: '0d6b2a54-6a3f-4a52-9a2a-0f5f3f3a8a51',
    analysisRequest: { signalContext: { environment: 'production' } },
  },
} satisfies AIAnalysis;

const investigating = { ...pending, status: { phase: 'Investigating' } } satisfies AIAnalysis;

const analyzing = {
  ...pending,
  status: {
    phase: 'Analyzing',
    investigationId: 'inc-20260114-0914',
    rootCause: 'Memory limit of 512Mi is too low.',
    selectedWorkflow: { workflowId: 'increase-memory', confidence: 0.87 },
    warnings: ['Memory usage was still rising.'],
  },
} satisfies AIAnalysis;

const completed = {
  ...analyzing,
  status: { ...analyzing.status, phase: 'Completed', reason: 'AnalysisCompleted' },
} satisfies AIAnalysis;

const failed = {
  ...pending,
  status: { phase: 'Failed', reason: 'TransientError', subReason: 'MaxRetriesExceeded' },
} satisfies AIAnalysis;

const nameless = {
  metadata: { name: '' },
  spec: { ...pending.spec, remediationRequestRef: {}, remediationId: '' },
} satisfies AIAnalysis;

const error = { message: 'context deadline exceeded' };
const call = { endpoint: '/api/v1/incident/analyze', durationMs: 47_611 };
const policy = { outcome: 'auto_approved', degraded: false, durationMs: 12, reason: 'low risk' };
const decision = { decision: 'auto_approved', reason: 'low risk' } as const;

describeAuditManager({
  name: 'aianalysis',
  events: aianalysisEvents,
  createManager: createAIAnalysisAuditManager,
  samples: {
    analysisCompleted: [
      { analysis: completed, previousPhase: 'Analyzing' },
      { analysis: completed, previousPhase: 'Completed' },
      { analysis: failed, previousPhase: 'Analyzing' },
    ],
    analysisFailed: [
      { analysis: failed, previousPhase: 'Investigating', error },
      { analysis: nameless, previousPhase: undefined, error: undefined },
    ],
    phaseTransition: [
      { analysis: investigating, previousPhase: 'Pending' },
      { analysis: investigating, previousPhase: 'Investigating' },
    ],
    holmesgptCall: [
      { analysis: investigating, ...call, httpStatusCode: 200 },
      { analysis: nameless, ...call, httpStatusCode: undefined },
    ],
    approvalDecision: [
      { analysis: analyzing, ...decision, alreadyDecided: false },
      { analysis: analyzing, ...decision, alreadyDecided: true },
    ],
    regoEvaluation: [{ analysis: analyzing, ...policy }],
    errorOccurred: [
      { analysis: failed, previousPhase: 'Investigating', error },
      { analysis: investigating, previousPhase: 'Investigating', error },
    ],
  },
});

describe('one analysis that ends well', () => {
  it('leaves exactly seven events, however often its end is reconciled', async () => {
    const transport = createMemoryTransport();
    await using client: AuditClient = createAuditClient({ transport, durability: 'memory' });
    const audit = createAIAnalysisAuditManager(client);
    audit.phaseTransition({ analysis: investigating, previousPhase: 'Pending' });
    audit.holmesgptCall({ analysis: investigating, ...call, httpStatusCode: 200 });
    audit.phaseTransition({ analysis: analyzing, previousPhase: 'Investigating' });
    audit.regoEvaluation({ analysis: analyzing, ...policy });
    for (const [previousPhase, alreadyDecided] of [
      ['Analyzing', false],
      ['Completed', true],
    ] as const) {
      audit.approvalDecision({ analysis: completed, ...decision, alreadyDecided });
      audit.analysisCompleted({ analysis: completed, previousPhase });
      audit.phaseTransition({ analysis: completed, previousPhase });
    }
    await client.flush();
    expect(transport.events.map((event) => event.event_type)).toEqual([
      'aianalysis.phase.transition',
      'aianalysis.holmesgpt.call',
      'aianalysis.phase.transition',
      'aianalysis.rego.evaluation',
      'aianalysis.approval.decision',
      'aianalysis.analysis.completed',
      'aianalysis.phase.transition',
    ]);
  });
});
