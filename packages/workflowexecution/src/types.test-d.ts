import type { AuditClient, BuildersFor, EmissionOutcome } from '@audit/client';
import type { workflowexecutionEvents } from '@audit/schema';
import { expectTypeOf } from 'vitest';
import * as builders from './builders.ts';
import { createWorkflowExecutionAuditManager } from './manager.ts';
import type { WorkflowExecution } from './workflow-execution.ts';

declare const client: AuditClient;
declare const execution: WorkflowExecution;

const audit = createWorkflowExecutionAuditManager(client);

expectTypeOf(audit).toHaveProperty('workflowCompleted');
expectTypeOf(audit.workflowCompleted({ execution })).toEqualTypeOf<EmissionOutcome>();

audit.selectionCompleted({ execution, pipelineRunExists: false });
// @ts-expect-error whether the PipelineRun exists must be said: the event is recorded once
audit.selectionCompleted({ execution });

audit.executionStarted({ execution, pipelineRunName: 'wfe-0510eddd78110203' });
// @ts-expect-error the status does not name the PipelineRun yet, so the caller must
audit.executionStarted({ execution });

// @ts-expect-error there is no such event
audit.workflowCancelled({ execution });

builders satisfies BuildersFor<typeof workflowexecutionEvents>;
const { workflowFailed, ...incomplete } = builders;
// @ts-expect-error a builder is missing
incomplete satisfies BuildersFor<typeof workflowexecutionEvents>;
// @ts-expect-error a builder stands under the name of another
({ ...builders, workflowCompleted: workflowFailed }) satisfies BuildersFor<typeof workflowexecutionEvents>;

// The object as the Kubernetes API returns it, with fields that the audit trail does not read.
const complete = {
  apiVersion: 'kubernaut.ai/v1alpha1',
  kind: 'WorkflowExecution',
  metadata: {
    name: 'wfe-1',
    namespace: 'payments',
    uid: '6a1d',
    generation: 1,
    labels: { team: 'checkout' },
  },
  spec: {
    remediationRequestRef: { apiVersion: 'kubernaut.ai/v1alpha1', kind: 'RemediationRequest', name: 'rr-1' },
    workflowRef: {
      workflowId: 'restart',
      version: '1.0.0',
      containerImage: 'restart:1.0.0',
      containerDigest: '',
    },
    targetResource: 'payments/Deployment/checkout',
    confidence: 0.9,
  },
  status: { phase: 'Running', observedGeneration: 1, startTime: '2026-01-14T09:31:51Z', conditions: [] },
};
expectTypeOf(complete).toExtend<WorkflowExecution>();

const { spec } = complete;
const withoutImage = {
  ...complete,
  spec: { ...spec, workflowRef: { workflowId: 'restart', version: '1.0.0' } },
};
// @ts-expect-error a workflow has an image under one of its two names
withoutImage satisfies WorkflowExecution;

// @ts-expect-error the phase is text
({ ...complete, status: { phase: 1 } }) satisfies WorkflowExecution;
