import type { AuditClient, BuildersFor, EmissionOutcome } from '@audit/client';
import type { holmesgptEvents } from '@audit/schema';
import { expectTypeOf } from 'vitest';
import * as builders from './builders.ts';
import type { IncidentRequest, IncidentResponse, JsonObject } from './incident.ts';
import { createHolmesgptAuditManager } from './manager.ts';

declare const client: AuditClient;
declare const request: IncidentRequest;
declare const response: IncidentResponse;

const audit = createHolmesgptAuditManager(client);
const base = { request, eventId: '44883916-94a8-4d32-b4c4-0e60434ef72d' };

expectTypeOf(audit).toHaveProperty('llmToolCall');
expectTypeOf(audit.responseComplete({ ...base, response })).toEqualTypeOf<EmissionOutcome>();

// @ts-expect-error the payload's own id must be made by the caller: a builder is pure
audit.responseComplete({ request, response });

audit.llmResponse({ ...base, analysis: undefined, toolCallCount: 0 });
// @ts-expect-error that there is no analysis must be said
audit.llmResponse({ ...base, toolCallCount: 0 });

const call = { ...base, toolCallIndex: 0, toolName: 'kubectl_get', toolArguments: { kind: 'Pod' } };
audit.llmToolCall({ ...call, toolResult: { pods: ['a', null] } });
audit.llmToolCall({ ...call, toolResult: undefined });
// @ts-expect-error a result is JSON
audit.llmToolCall({ ...call, toolResult: 7n });

const attempt = { ...base, attempt: 1, maxAttempts: 3, isValid: true, errors: [] };
audit.workflowValidationAttempt({ ...attempt, recordedAttempts: 0 });
// @ts-expect-error how many attempts are recorded must be said: each is recorded once
audit.workflowValidationAttempt(attempt);

// @ts-expect-error there is no such event
audit.responseFailed(base);

builders satisfies BuildersFor<typeof holmesgptEvents>;
const { llmRequest, ...incomplete } = builders;
// @ts-expect-error a builder is missing
incomplete satisfies BuildersFor<typeof holmesgptEvents>;
// @ts-expect-error a builder stands under the name of another
({ ...builders, llmResponse: llmRequest }) satisfies BuildersFor<typeof holmesgptEvents>;

// The bodies as the service receives and sends them, with members that the audit trail does not read.
const completeRequest = {
  incident_id: 'inc-20260114-0914',
  remediation_id: 'rr-3f9ab2c41d07-5e8c1a7b',
  signal_type: 'OOMKilled',
  severity: 'critical',
  affected_resources: [],
};
expectTypeOf(completeRequest).toExtend<IncidentRequest>();

const completeResponse = {
  incident_id: 'inc-20260114-0914',
  analysis: '',
  root_cause_analysis: { summary: '', severity: '', contributing_factors: [''], affectedResource: {} },
  selected_workflow: null,
  confidence: 0.87,
  timestamp: '2026-01-14T09:14:53Z',
  needs_human_review: false,
  human_review_reason: null,
  warnings: [],
  alternative_workflows: [],
  validation_attempts_history: [{ attempt: 1, is_valid: false }],
};
expectTypeOf(completeResponse).toExtend<IncidentResponse>();

// A service that does not look into what its model wrote.
declare const whatTheModelWrote: JsonObject;
expectTypeOf({
  ...completeResponse,
  root_cause_analysis: whatTheModelWrote,
  selected_workflow: whatTheModelWrote,
}).toExtend<IncidentResponse>();

const { analysis, ...withoutAnalysis } = completeResponse;
// @ts-expect-error an answer has an analysis
withoutAnalysis satisfies IncidentResponse;
