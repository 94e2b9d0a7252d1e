import { hash } from 'node:crypto';
import type { WorkflowExecution, WorkflowExecutionStatus } from '@audit/workflowexecution';
import type { RemediationFacts } from './scenario.ts';

/** A workflow of the catalogue and how it is used. */
export interface WorkflowUse {
  readonly workflowId: string;
  readonly version: string;
  readonly workflowName: string;
  readonly actionType: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly confidence: number;
  readonly rationale: string;
  /** Go duration text; default `30m0s`. */
  readonly timeout?: string;
}

/** The complete object as the Kubernetes API of January 2026 returns it, with the catalogue's names of later versions. */
export interface WorkflowExecutionObject extends WorkflowExecution {
  readonly apiVersion: 'kubernaut.ai/v1alpha1';
  readonly kind: 'WorkflowExecution';
  readonly status: WorkflowExecutionObjectStatus;
}

/** The status with the members that only people read. */
interface WorkflowExecutionObjectStatus extends WorkflowExecutionStatus {
  readonly observedGeneration?: number;
  readonly pipelineRunStatus?: {
    readonly status: 'Unknown' | 'True' | 'False';
    readonly reason?: string;
    readonly message?: string;
    readonly completedTasks?: number;
    readonly totalTasks?: number;
  };
}

/** The object as the orchestrator creates it; the controller has not seen it yet. */
export function newWorkflowExecution(facts: RemediationFacts, use: WorkflowUse): WorkflowExecutionObject {
  return {
    apiVersion: 'kubernaut.ai/v1alpha1',
    kind: 'WorkflowExecution',
    metadata: metadataOf(facts),
    spec: specOf(facts, use),
    status: {},
  };
}

/** Name of the PipelineRun, which follows from the target so that two executions cannot change it at once. */
export function pipelineRunName({ spec }: WorkflowExecution): string {
  return `wfe-${hash('sha256', spec.targetResource).slice(0, 16)}`;
}

function metadataOf({ remediationName, remediationUid, executionUid, workload, time }: RemediationFacts) {
  return {
    name: `wfe-${remediationName}`,
    namespace: workload.namespace,
    uid: executionUid,
    generation: 1,
    creationTimestamp: time(0),
    labels: {
      'kubernaut.ai/component': 'workflow-execution',
      'kubernaut.ai/remediation-request': remediationName,
    },
    finalizers: ['workflowexecution.kubernaut.ai/finalizer'],
    ownerReferences: [
      {
        apiVersion: 'kubernaut.ai/v1alpha1',
        kind: 'RemediationRequest',
        name: remediationName,
        uid: remediationUid,
        controller: true,
        blockOwnerDeletion: true,
      },
    ],
  };
}

function specOf({ remediationName, remediationUid, workload }: RemediationFacts, use: WorkflowUse) {
  const image = `registry.example.com/workflows/${use.workflowId}`;
  const containerDigest = `sha256:${hash('sha256', `${image}:${use.version}`)}`;
  return {
    remediationRequestRef: {
      apiVersion: 'kubernaut.ai/v1alpha1',
      kind: 'RemediationRequest',
      name: remediationName,
      namespace: workload.namespace,
      uid: remediationUid,
    },
    workflowRef: {
      workflowId: use.workflowId,
      version: use.version,
      containerImage: `${image}:${use.version}`,
      containerDigest,
      workflowName: use.workflowName,
      actionType: use.actionType,
    },
    targetResource: `${workload.namespace}/Deployment/${workload.deployment}`,
    parameters: use.parameters,
    confidence: use.confidence,
    rationale: use.rationale,
    executionConfig: { timeout: use.timeout ?? '30m0s', serviceAccountName: 'kubernaut-workflow-runner' },
  };
}
