import type { AuditClient, BuildersFor, EmissionOutcome } from '@audit/client';
import type { datastorageEvents, datastorageServerEvents } from '@audit/schema';
import { expectTypeOf } from 'vitest';
import * as builders from './builders.ts';
import { createDatastorageAuditManager } from './manager.ts';
import * as serverBuilders from './server.ts';
import type {
  CatalogueWorkflow,
  WorkflowSearchRequest,
  WorkflowSearchResponse,
} from './workflow-catalogue.ts';

declare const client: AuditClient;
declare const workflow: CatalogueWorkflow;
declare const request: WorkflowSearchRequest;
declare const response: WorkflowSearchResponse;

const audit = createDatastorageAuditManager(client);

expectTypeOf(audit).toHaveProperty('workflowCreated');
expectTypeOf(audit.workflowCreated({ workflow })).toEqualTypeOf<EmissionOutcome>();

audit.catalogSearchCompleted({ request, response, durationMs: 23 });
// @ts-expect-error a builder has no clock: how long the search took must be said
audit.catalogSearchCompleted({ request, response });

audit.workflowUpdated({
  workflowId: workflow.workflowId,
  changes: { status: 'disabled', disabledBy: 'priya' },
});
// @ts-expect-error which workflow changed must be said
audit.workflowUpdated({ changes: { status: 'disabled' } });
// @ts-expect-error the event does not tell this change
audit.workflowUpdated({ workflowId: workflow.workflowId, changes: { owner: 'platform-sre' } });

// @ts-expect-error disabling has no event of its own
audit.workflowDisabled({ workflow });

builders satisfies BuildersFor<typeof datastorageEvents>;
const { workflowUpdated, ...incomplete } = builders;
// @ts-expect-error a builder is missing
incomplete satisfies BuildersFor<typeof datastorageEvents>;
// @ts-expect-error a builder stands under the name of another
({ ...builders, workflowCreated: workflowUpdated }) satisfies BuildersFor<typeof datastorageEvents>;

serverBuilders satisfies BuildersFor<typeof datastorageServerEvents>;
// @ts-expect-error what only the server emits has no method
audit.legalHoldPlaced({ principal: { id: 'priya' }, correlationId: 'rr-1', reason: '' });

// Objects as the service serialises them, with fields that the audit trail does not read.
const complete = {
  workflowId: 'da7f739f-6271-4846-9eea-b537a6f7a435',
  workflowName: 'increase-memory-limits',
  version: '1.2.0',
  schemaVersion: '1.0',
  name: 'Increase memory limits',
  description: { what: 'Raises the memory limit.', whenToUse: 'After OOMKilled.' },
  content: 'apiVersion: v1',
  contentHash: '9f86d081',
  labels: { severity: ['critical'], component: ['deployment'], environment: ['*'], priority: 'P1' },
  customLabels: { team: ['name=payments'] },
  detectedLabels: { hpaEnabled: true },
  executionEngine: 'tekton',
  status: 'Active',
  isLatestVersion: true,
  createdAt: '2026-01-13T10:02:17Z',
};
expectTypeOf(complete).toExtend<CatalogueWorkflow>();

const completeRequest = {
  remediationId: 'rr-1',
  filters: {
    signalType: 'OOMKilled',
    severity: 'critical',
    component: 'deployment',
    environment: 'production',
    priority: 'P1',
    customLabels: { team: ['name=payments'] },
    detectedLabels: { failedDetections: ['stateful'], gitOpsManaged: true, gitOpsTool: 'argocd' },
    status: ['active'],
    workflowName: 'increase-memory-limits',
  },
  topK: 3,
  minScore: 0.5,
  includeDisabled: false,
};
expectTypeOf(completeRequest).toExtend<WorkflowSearchRequest>();

const completeResponse = {
  workflows: [
    {
      workflowId: 'da7f739f-6271-4846-9eea-b537a6f7a435',
      title: 'Increase memory limits',
      description: 'Raises the memory limit.',
      confidence: 0.94,
      labelBoost: 0.1,
      rank: 1,
    },
  ],
  totalResults: 1,
  filters: completeRequest.filters,
};
expectTypeOf(completeResponse).toExtend<WorkflowSearchResponse>();

// @ts-expect-error a search result has a confidence
({ ...completeResponse, workflows: [{ workflowId: '', title: '' }] }) satisfies WorkflowSearchResponse;
