import { type AuditClient, createAuditClient } from '@audit/client';
import { createMemoryTransport } from '@audit/client/testing';
import { workflowexecutionEvents } from '@audit/schema';
import { describeAuditManager } from '@audit/testkit';
import { describe, expect, it } from 'vitest';
import { createWorkflowExecutionAuditManager } from './manager.ts';
import type { WorkflowExecution } from './workflow-execution.ts';

const pending = {
  metadata: { name: 'wfe-rr-3f9ab2c41d07-5e8c1a7b', namespace: 'payments' },
  spec: {
    remediationRequestRef: { name: 'rr-3f9ab2c41d07-5e8c1a7b' },
    workflowRef: {
      workflowId: 'da7f739f-6271-4846-9eea-b537a6f7a435',
      version: '1.2.0',
      containerImage: 'registry.example.com/workflows/increase-memory:1.2.0',
    },
    targetResource: 'payments/Deployment/checkout',
    parameters: { MEMORY_LIMIT_NEW: '1Gi' },
  },
} satisfies WorkflowExecution;

const completed = {
  ...pending,
  status: {
    phase: 'Completed',
    startTime: '2026-01-14T09:31:51Z',
    completionTime: '2026-01-14T09:33:23Z',
    duration: '1m32s',
    pipelineRunRef: { name: 'wfe-0510eddd78110203' },
  },
} satisfies WorkflowExecution;

const failed = {
  ...pending,
  status: { phase: 'Failed', failureDetails: { reason: 'NodeLost', message: 'the node went away' } },
} satisfies WorkflowExecution;

const nameless = {
  metadata: { name: '' },
  spec: { ...pending.spec, remediationRequestRef: {} },
} satisfies WorkflowExecution;

describeAuditManager({
  name: 'workflowexecution',
  events: workflowexecutionEvents,
  createManager: createWorkflowExecutionAuditManager,
  samples: {
    selectionCompleted: [
      { execution: pending, pipelineRunExists: false },
      { execution: pending, pipelineRunExists: true },
    ],
    executionStarted: [{ execution: pending, pipelineRunName: 'wfe-0510eddd78110203' }],
    workflowStarted: [{ execution: pending }, { execution: nameless }],
    workflowCompleted: [{ execution: completed }, { execution: nameless }],
    workflowFailed: [{ execution: failed }, { execution: completed }],
  },
});

describe('one execution, reconciled more than once', () => {
  it('records the selection once', async () => {
    const transport = createMemoryTransport();
    await using client: AuditClient = createAuditClient({ transport, durability: 'memory' });
    const audit = createWorkflowExecutionAuditManager(client);
    const outcomes = [false, true, true].map((pipelineRunExists) =>
      audit.selectionCompleted({ execution: pending, pipelineRunExists }),
    );
    await client.flush();
    expect(outcomes.map(({ status }) => status)).toEqual(['accepted', 'skipped', 'skipped']);
    expect(transport.events.map((event) => event.event_type)).toEqual([
      'workflowexecution.selection.completed',
    ]);
  });
});
