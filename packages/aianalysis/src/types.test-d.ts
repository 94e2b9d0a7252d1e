import type { AuditClient, BuildersFor, EmissionOutcome } from '@audit/client';
import type { aianalysisEvents } from '@audit/schema';
import { expectTypeOf } from 'vitest';
import type { AIAnalysis, AnalysisError } from './ai-analysis.ts';
import * as builders from './builders.ts';
import { createAIAnalysisAuditManager } from './manager.ts';

declare const client: AuditClient;
declare const analysis: AIAnalysis;

const audit = createAIAnalysisAuditManager(client);

expectTypeOf(audit).toHaveProperty('analysisCompleted');
expectTypeOf(audit.phaseTransition({ analysis, previousPhase: undefined })).toEqualTypeOf<EmissionOutcome>();

audit.analysisCompleted({ analysis, previousPhase: 'Analyzing' });
// @ts-expect-error the phase before must be said: the event is recorded once
audit.analysisCompleted({ analysis });

audit.analysisFailed({ analysis, previousPhase: 'Investigating', error: undefined });
// @ts-expect-error that there is no error must be said
audit.analysisFailed({ analysis, previousPhase: 'Investigating' });

audit.holmesgptCall({ analysis, endpoint: '/', httpStatusCode: undefined, durationMs: 1 });
// @ts-expect-error that there is no HTTP status must be said: 500 is not made up in silence
audit.holmesgptCall({ analysis, endpoint: '/', durationMs: 1 });

const undecided = { analysis, reason: 'low risk', alreadyDecided: false };
audit.approvalDecision({ ...undecided, decision: 'auto_approved' });
// @ts-expect-error an approval decision is one of two words
audit.approvalDecision({ ...undecided, decision: 'approved' });
// @ts-expect-error whether a decision is recorded must be said
audit.approvalDecision({ analysis, reason: 'low risk', decision: 'auto_approved' });

// @ts-expect-error there is no such event
audit.analysisStarted({ analysis });

builders satisfies BuildersFor<typeof aianalysisEvents>;
const { analysisFailed, ...incomplete } = builders;
// @ts-expect-error a builder is missing
incomplete satisfies BuildersFor<typeof aianalysisEvents>;
// @ts-expect-error a builder stands under the name of another
({ ...builders, analysisCompleted: analysisFailed }) satisfies BuildersFor<typeof aianalysisEvents>;

expectTypeOf<Error>().toExtend<AnalysisError>();

// The object as the Kubernetes API returns it, with fields that the audit trail does not read.
const complete = {
  apiVersion: 'kubernaut.ai/v1alpha1',
  kind: 'AIAnalysis',
  metadata: { name: 'ai-1', namespace: 'payments', uid: '6a1d', generation: 1, labels: { team: 'checkout' } },
  spec: {
    remediationRequestRef: { apiVersion: 'kubernaut.ai/v1alpha1', kind: 'RemediationRequest', name: 'rr-1' },
    remediationId: '0d6b2a54-6a3f-4a52-9a2a-0f5f3f3a8a51',
    analysisRequest: {
      signalContext: { fingerprint: '3f9a', severity: 'critical', environment: 'production' },
      analysisTypes: ['investigation'],
    },
    timeoutConfig: { investigatingTimeout: '1m0s' },
  },
  status: {
    observedGeneration: 1,
    phase: 'Completed',
    startedAt: '2026-01-14T09:14:05Z',
    completedAt: null,
    rootCauseAnalysis: { summary: '', severity: 'critical', signalType: 'OOMKilled' },
    selectedWorkflow: {
      workflowId: 'increase-memory',
      version: '1.2.0',
      containerImage: 'increase-memory:1.2.0',
      confidence: 0.87,
      rationale: '',
    },
    approvalRequired: false,
    needsHumanReview: false,
    conditions: [{ type: 'ApprovalRequired', status: 'False' }],
  },
};
expectTypeOf(complete).toExtend<AIAnalysis>();

// @ts-expect-error the phase is text
({ ...complete, status: { phase: 1 } }) satisfies AIAnalysis;

const { analysisRequest, ...withoutRequest } = complete.spec;
// @ts-expect-error an analysis says what is analysed
({ ...complete, spec: withoutRequest }) satisfies AIAnalysis;
