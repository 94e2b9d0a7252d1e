import { type AuditClient, createAuditClient } from '@audit/client';
import { createMemoryTransport } from '@audit/client/testing';
import { datastorageEvents } from '@audit/schema';
import { describeAuditManager } from '@audit/testkit';
import { describe, expect, it } from 'vitest';
import { createDatastorageAuditManager } from './manager.ts';
import type {
  CatalogueWorkflow,
  WorkflowSearchRequest,
  WorkflowSearchResponse,
} from './workflow-catalogue.ts';

const workflowId = 'da7f739f-6271-4846-9eea-b537a6f7a435';

const workflow = {
  workflowId,
  workflowName: 'increase-memory-limits',
  version: '1.2.0',
  name: 'Increase memory limits',
  description: 'Raises the memory limit of a deployment.',
  status: 'active',
  isLatestVersion: true,
  executionEngine: 'tekton',
  labels: { signalType: 'OOMKilled', severity: 'critical' },
} satisfies CatalogueWorkflow;

const request = {
  remediationId: 'rr-3f9ab2c41d07-5e8c1a7b',
  filters: { signalType: 'OOMKilled', severity: 'critical', customLabels: { team: ['name=payments'] } },
  topK: 3,
} satisfies WorkflowSearchRequest;

const response = {
  totalResults: 1,
  workflows: [{ workflowId, title: 'Increase memory limits', confidence: 0.94 }],
} satisfies WorkflowSearchResponse;

describeAuditManager({
  name: 'datastorage',
  events: datastorageEvents,
  createManager: createDatastorageAuditManager,
  samples: {
    catalogSearchCompleted: [
      { request, response, durationMs: 23 },
      { request: {}, response: { totalResults: 0, workflows: null }, durationMs: -1 },
    ],
    workflowCreated: [{ workflow }, { workflow: { ...workflow, workflowId: '', labels: null } }],
    workflowUpdated: [
      { workflowId, changes: { status: 'disabled' } },
      { workflowId: '', changes: {} },
    ],
  },
});

describe('a response that changes after the call', () => {
  it('does not change the event', async () => {
    const transport = createMemoryTransport();
    await using client: AuditClient = createAuditClient({ transport, durability: 'memory' });
    const workflows = [...response.workflows];
    const audit = createDatastorageAuditManager(client);
    audit.catalogSearchCompleted({ request, response: { totalResults: 1, workflows }, durationMs: 23 });
    workflows.length = 0;
    await client.flush();
    expect(transport.events).toMatchObject([
      { event_data: { results: { returned: 1, workflows: [{ workflow_id: workflowId }] } } },
    ]);
  });
});
