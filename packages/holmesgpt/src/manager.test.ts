import { type AuditClient, createAuditClient } from '@audit/client';
import { createMemoryTransport } from '@audit/client/testing';
import { holmesgptEvents } from '@audit/schema';
import { describeAuditManager } from '@audit/testkit';
import { describe, expect, it } from 'vitest';
import type { IncidentResponse } from './incident.ts';
import { createHolmesgptAuditManager } from './manager.ts';

const base = {
  request: { incident_id: 'inc-20260114-0914', remediation_id: 'rr-3f9ab2c41d07-5e8c1a7b' },
  eventId: '44883916-94a8-4d32-b4c4-0e60434ef72d',
};

const nameless = { request: { incident_id: '', remediation_id: null }, eventId: '' };

const response = {
  incident_id: 'inc-20260114-0914',
  analysis: 'The container reaches its limit.',
  root_cause_analysis: { summary: 'Memory limit of 512Mi is too low.', severity: 'critical' },
  selected_workflow: { workflow_id: 'increase-memory', confidence: 0.87, parameters: { LIMIT: '1Gi' } },
  confidence: 0.87,
  timestamp: '2026-01-14T09:14:53Z',
} satisfies IncidentResponse;

const prompt = { model: 'example-model-large', prompt: 'Investigate.', toolsetsEnabled: ['core'] };
const answer = { analysis: 'The container reaches its limit.', toolCallCount: 1 };
const call = { toolCallIndex: 0, toolName: 'kubectl_describe', toolArguments: { kind: 'Pod' } };
const invalid = { maxAttempts: 3, isValid: false, errors: ['image does not match'] };

describeAuditManager({
  name: 'holmesgpt',
  events: holmesgptEvents,
  createManager: createHolmesgptAuditManager,
  samples: {
    responseComplete: [
      { ...base, response },
      { ...nameless, response },
    ],
    llmRequest: [{ ...base, ...prompt }],
    llmResponse: [
      { ...base, ...answer },
      { ...nameless, ...answer, analysis: undefined },
    ],
    llmToolCall: [
      { ...base, ...call, toolResult: { restarts: 7 } },
      { ...base, ...call, toolResult: undefined },
    ],
    workflowValidationAttempt: [
      { ...base, ...invalid, attempt: 1, recordedAttempts: 0 },
      { ...base, ...invalid, attempt: 3, recordedAttempts: 2 },
      { ...base, ...invalid, attempt: 3, recordedAttempts: 3 },
      { ...base, ...invalid, attempt: 2, recordedAttempts: 1, isValid: true },
    ],
  },
});

describe('one analysis of which no attempt is valid', () => {
  it('records each attempt once, under one correlation', async () => {
    const transport = createMemoryTransport();
    await using client: AuditClient = createAuditClient({ transport, durability: 'memory' });
    const audit = createHolmesgptAuditManager(client);
    for (const attempt of [1, 2, 3, 3]) {
      const recordedAttempts = transport.events.length;
      audit.workflowValidationAttempt({ ...base, ...invalid, attempt, recordedAttempts });
      await client.flush();
    }
    expect(transport.events.map((event) => [event.correlation_id, event.event_outcome])).toEqual([
      ['rr-3f9ab2c41d07-5e8c1a7b', 'pending'],
      ['rr-3f9ab2c41d07-5e8c1a7b', 'pending'],
      ['rr-3f9ab2c41d07-5e8c1a7b', 'failure'],
    ]);
  });
});
