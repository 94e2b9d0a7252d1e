import { hash } from 'node:crypto';
import { goDuration, onlyKnown } from '@audit/schema';
import type { FailureDetails, WorkflowExecution, WorkflowExecutionStatus } from '@audit/workflowexecution';
import type { WorkflowUse } from '../incident.ts';
import type { RemediationFacts } from '../scenario.ts';
import { apiVersion, ownedMetadata, remediationReference } from './object-metadata.ts';

/** The complete object as the Kubernetes API of January 2026 returns it, with the catalogue's names of later versions. */
export interface WorkflowExecutionObject extends WorkflowExecution {
  readonly apiVersion: typeof apiVersion;
  readonly kind: 'WorkflowExecution';
  readonly status: WorkflowExecutionObjectStatus;
}

/** The status with the members that only people and webhooks read. */
interface WorkflowExecutionObjectStatus extends WorkflowExecutionStatus {
  readonly observedGeneration?: number;
  readonly pipelineRunStatus?: PipelineRunStatus;
  readonly blockClearance?: { readonly clearReason: string; readonly clearedBy?: string };
}

interface PipelineRunStatus {
  readonly status: 'Unknown' | 'True' | 'False';
  readonly reason: string;
  readonly completedTasks: number;
  readonly totalTasks: number;
}

/** Why and where an execution failed. */
export interface ExecutionFailure {
  readonly pipelineRunReason: string;
  readonly completedTasks: number;
  readonly totalTasks: number;
  readonly details: FailureDetails & {
    readonly failedTaskIndex: number;
    readonly naturalLanguageSummary: string;
  };
}

/** When an execution begins to run, in seconds since the start of the remediation. */
export interface ExecutionStart {
  readonly createdAt: number;
  readonly startedAt: number;
}

/** When an execution is in which state, in seconds since the start of the remediation. */
export interface ExecutionTimes extends ExecutionStart {
  readonly endedAt: number;
}

/** The object as the orchestrator creates it; the controller has not seen it yet. */
export function newWorkflowExecution(facts: RemediationFacts, createdAt: number): WorkflowExecutionObject {
  const name = `wfe-${facts.remediationName}`;
  return {
    apiVersion,
    kind: 'WorkflowExecution',
    metadata: ownedMetadata(facts, { kind: 'WorkflowExecution', name, createdAt }),
    spec: specOf(facts),
    status: {},
  };
}

/** The object while its workflow runs. */
export function runningWorkflowExecution(
  facts: RemediationFacts,
  { createdAt, startedAt }: ExecutionStart,
): WorkflowExecutionObject {
  const created = newWorkflowExecution(facts, createdAt);
  return {
    ...created,
    status: {
      phase: 'Running',
      observedGeneration: 1,
      startTime: facts.time(startedAt),
      pipelineRunRef: { name: pipelineRunName(created) },
    },
  };
}

/** The object after its workflow did what it was to do. */
export function completedWorkflowExecution(
  facts: RemediationFacts,
  times: ExecutionTimes,
): WorkflowExecutionObject {
  const created = newWorkflowExecution(facts, times.createdAt);
  return {
    ...created,
    status: {
      phase: 'Completed',
      ...runMembers(facts, times),
      ...endMembers(facts, times),
      pipelineRunRef: { name: pipelineRunName(created) },
      pipelineRunStatus: { status: 'True', reason: 'Succeeded', completedTasks: 3, totalTasks: 3 },
    },
  };
}

/** The object after its workflow failed, or could not begin. */
export function failedWorkflowExecution(
  facts: RemediationFacts,
  { failure, ...times }: ExecutionTimes & { readonly failure: ExecutionFailure },
): WorkflowExecutionObject {
  const created = newWorkflowExecution(facts, times.createdAt);
  const { pipelineRunReason, completedTasks, totalTasks, details } = failure;
  const run = details.wasExecutionFailure ? runMembers(facts, times) : undefined;
  const failureDetails = {
    ...details,
    failedAt: facts.time(times.endedAt),
    executionTimeBeforeFailure: run?.duration ?? '0s',
  };
  return {
    ...created,
    status: {
      phase: 'Failed',
      ...run,
      ...endMembers(facts, times),
      pipelineRunRef: { name: pipelineRunName(created) },
      pipelineRunStatus: { status: 'False', reason: pipelineRunReason, completedTasks, totalTasks },
      failureDetails,
    },
  };
}

/** Name of the PipelineRun, which follows from the target so that two executions cannot change it at once. */
export function pipelineRunName({ spec }: WorkflowExecution): string {
  return `wfe-${hash('sha256', spec.targetResource).slice(0, 16)}`;
}

/** Image that a workflow runs. */
export function workflowImage({ image, version }: WorkflowUse): string {
  return `registry.example.com/workflows/${image}:${version}`;
}

/** What a workflow changes, as `namespace/kind/name`. */
export function targetResource({ workload }: RemediationFacts): string {
  return `${workload.namespace}/Deployment/${workload.deployment}`;
}

function runMembers(facts: RemediationFacts, { startedAt, endedAt }: ExecutionTimes) {
  return {
    startTime: facts.time(startedAt),
    ...onlyKnown({ duration: goDuration((endedAt - startedAt) * 1000) }),
  };
}

function endMembers(facts: RemediationFacts, { endedAt }: ExecutionTimes) {
  return { observedGeneration: 1, completionTime: facts.time(endedAt) };
}

function specOf(facts: RemediationFacts) {
  const { workflow } = facts.incident;
  const containerImage = workflowImage(workflow);
  return {
    remediationRequestRef: remediationReference(facts),
    workflowRef: {
      workflowId: workflow.workflowId,
      version: workflow.version,
      containerImage,
      containerDigest: `sha256:${hash('sha256', containerImage)}`,
      workflowName: workflow.workflowName,
      actionType: workflow.actionType,
    },
    targetResource: targetResource(facts),
    parameters: workflow.parameters,
    confidence: workflow.confidence,
    rationale: workflow.rationale,
    executionConfig: {
      timeout: workflow.timeout ?? '30m0s',
      serviceAccountName: 'kubernaut-workflow-runner',
    },
  };
}
