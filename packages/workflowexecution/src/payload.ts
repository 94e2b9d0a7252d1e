import { onlyKnown, type PayloadOf } from '@audit/schema';
import { failureMembers } from './failure.ts';
import type { RunTime } from './run-time.ts';
import type { WorkflowExecution } from './workflow-execution.ts';

type Payload = Omit<PayloadOf<'workflowexecution.workflow.completed'>, 'event_type'>;
type Phase = Payload['phase'];

/** The members that every payload has. */
export type BasePayload = Pick<
  Payload,
  'workflow_id' | 'workflow_version' | 'container_image' | 'execution_name' | 'target_resource' | 'phase'
>;

/** The members that depend on what is known. */
export type FurtherPayload = Omit<Payload, keyof BasePayload>;

const phases: readonly Phase[] = ['Pending', 'Running', 'Completed', 'Failed'];

/**
 * Tells what is executed, on what, and how far it is.
 * @param impliedPhase what the event says by itself: it stands in for a phase the contract does not know
 */
export function basePayload(execution: WorkflowExecution, impliedPhase: Phase): BasePayload {
  const { metadata, spec, status } = execution;
  const { workflowId, version, containerImage, executionBundle } = spec.workflowRef;
  const statusPhase = status?.phase || 'Pending';
  return {
    workflow_id: workflowId,
    workflow_version: version,
    container_image: containerImage || executionBundle || '',
    execution_name: metadata.name,
    target_resource: spec.targetResource,
    phase: phases.find((phase) => phase === statusPhase) ?? impliedPhase,
  };
}

/** Tells more about the workflow: its names in the catalogue and what it was given. */
export function workflowMembers({ spec }: WorkflowExecution): FurtherPayload {
  const { parameters = {}, workflowRef } = spec;
  return onlyKnown({
    workflow_name: workflowRef.workflowName,
    action_type: workflowRef.actionType,
    parameters: Object.keys(parameters).length > 0 ? parameters : undefined,
  });
}

/** Tells how the execution ran: times, PipelineRun, retries, failure, and what it was given. */
export function lifecycleMembers(execution: WorkflowExecution, runTime: RunTime): FurtherPayload {
  const { status } = execution;
  const { startedAt, completedAt, duration } = runTime;
  const retryCount = status?.executionStatus?.retryCount ?? 0;
  return {
    ...onlyKnown({
      started_at: startedAt,
      completed_at: completedAt,
      duration,
      pipelinerun_name: status?.pipelineRunRef?.name || status?.executionRef?.name,
      retry_count: Number.isSafeInteger(retryCount) && retryCount > 0 ? retryCount : undefined,
    }),
    ...(status?.failureDetails && failureMembers(status.failureDetails)),
    ...workflowMembers(execution),
  };
}
