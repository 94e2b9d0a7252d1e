import {
  draftEvent,
  type EventDraft,
  type EventSkip,
  onlyKnown,
  skipEvent,
  workflowexecutionEvents,
} from '@audit/schema';
import { errorDetails } from './failure.ts';
import { basePayload, lifecycleMembers, workflowMembers } from './payload.ts';
import { runTimeOf } from './run-time.ts';
import type { WorkflowExecution } from './workflow-execution.ts';

type Draft<Name extends keyof typeof workflowexecutionEvents> = EventDraft<
  (typeof workflowexecutionEvents)[Name]
>;

/** Input of {@link selectionCompleted}. */
export interface SelectionCompletedInput {
  readonly execution: WorkflowExecution;
  /**
   * Whether the PipelineRun with the execution's deterministic name exists already, asked of the API server and not
   * of a cache: a stale cache is how this event came twice.
   */
  readonly pipelineRunExists: boolean;
}

/** Builds `workflowexecution.selection.completed`; skips when the PipelineRun exists, for then it was recorded. */
export function selectionCompleted(input: SelectionCompletedInput): Draft<'selectionCompleted'> | EventSkip {
  const { execution, pipelineRunExists } = input;
  if (pipelineRunExists)
    return skipEvent('the PipelineRun exists: the selection is recorded once, before it');
  return draftEvent(workflowexecutionEvents.selectionCompleted, {
    ...envelope(execution),
    event_outcome: 'success',
    event_data: {
      ...basePayload(execution, 'Pending'),
      ...onlyKnown({ workflow_name: execution.spec.workflowRef.workflowName }),
    },
  });
}

/** Input of {@link executionStarted}. */
export interface ExecutionStartedInput {
  readonly execution: WorkflowExecution;
  /** Name of the PipelineRun that was created; the status names it only later. */
  readonly pipelineRunName: string;
}

/** Builds `workflowexecution.execution.started`: the PipelineRun was created. */
export function executionStarted(input: ExecutionStartedInput): Draft<'executionStarted'> {
  const { execution, pipelineRunName } = input;
  return draftEvent(workflowexecutionEvents.executionStarted, {
    ...envelope(execution),
    event_outcome: 'success',
    event_data: {
      ...basePayload(execution, 'Running'),
      ...workflowMembers(execution),
      ...onlyKnown({ pipelinerun_name: pipelineRunName }),
    },
  });
}

/** Input of {@link workflowStarted}. */
export interface WorkflowStartedInput {
  readonly execution: WorkflowExecution;
}

/** Builds `workflowexecution.workflow.started`, which later versions no longer send: see {@link executionStarted}. */
export function workflowStarted({ execution }: WorkflowStartedInput): Draft<'workflowStarted'> {
  const runTime = runTimeOf(execution.status);
  return draftEvent(workflowexecutionEvents.workflowStarted, {
    ...envelope(execution),
    event_outcome: 'success',
    event_data: { ...basePayload(execution, 'Running'), ...lifecycleMembers(execution, runTime) },
  });
}

/** Input of {@link workflowCompleted}. */
export interface WorkflowCompletedInput {
  readonly execution: WorkflowExecution;
}

/** Builds `workflowexecution.workflow.completed`: the PipelineRun succeeded. */
export function workflowCompleted({ execution }: WorkflowCompletedInput): Draft<'workflowCompleted'> {
  const runTime = runTimeOf(execution.status);
  return draftEvent(workflowexecutionEvents.workflowCompleted, {
    ...envelope(execution),
    ...onlyKnown({ duration_ms: runTime.durationMs }),
    event_outcome: 'success',
    event_data: { ...basePayload(execution, 'Completed'), ...lifecycleMembers(execution, runTime) },
  });
}

/** Input of {@link workflowFailed}. */
export interface WorkflowFailedInput {
  readonly execution: WorkflowExecution;
}

/** Builds `workflowexecution.workflow.failed`: the PipelineRun failed, ran out of time or could not be created. */
export function workflowFailed({ execution }: WorkflowFailedInput): Draft<'workflowFailed'> {
  const runTime = runTimeOf(execution.status);
  return draftEvent(workflowexecutionEvents.workflowFailed, {
    ...envelope(execution),
    ...onlyKnown({ duration_ms: runTime.durationMs }),
    event_outcome: 'failure',
    event_data: {
      ...basePayload(execution, 'Failed'),
      ...lifecycleMembers(execution, runTime),
      error_details: errorDetails(execution.status?.failureDetails),
    },
  });
}

// The API server refuses objects without a name; the fallback serves callers that read their objects elsewhere.
function envelope({ metadata, spec }: WorkflowExecution) {
  const name = metadata.name || 'unknown';
  return {
    actor_type: 'service',
    actor_id: 'workflowexecution-controller',
    resource_type: 'WorkflowExecution',
    resource_id: name,
    correlation_id: spec.remediationRequestRef.name || name,
    ...onlyKnown({ namespace: metadata.namespace }),
  };
}
