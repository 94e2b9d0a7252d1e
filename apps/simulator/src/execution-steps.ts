import type { Step } from './managers.ts';
import { pipelineRunName, type WorkflowExecutionObject } from './workflow-execution-object.ts';

/** The states of one execution, and when it is in them. */
export interface ExecutionStates {
  /** As the orchestrator created it. */
  readonly created: WorkflowExecutionObject;
  /** With its final status: phase Completed or Failed. */
  readonly ended: WorkflowExecutionObject;
  /** Seconds since the start of the remediation. */
  readonly createdAtSeconds: number;
  /** Seconds since the start of the remediation. */
  readonly endedAtSeconds: number;
}

/** What the workflow execution controller records of one execution: selected, started, ended. */
export function executionSteps(states: ExecutionStates): readonly [Step, Step, Step] {
  const { created, ended, createdAtSeconds, endedAtSeconds } = states;
  return [
    {
      atSeconds: createdAtSeconds,
      service: 'workflowexecution',
      method: 'selectionCompleted',
      input: { execution: created, pipelineRunExists: false },
    },
    {
      atSeconds: createdAtSeconds + 1,
      service: 'workflowexecution',
      method: 'executionStarted',
      input: { execution: created, pipelineRunName: pipelineRunName(created) },
    },
    {
      atSeconds: endedAtSeconds,
      service: 'workflowexecution',
      method: ended.status.phase === 'Failed' ? 'workflowFailed' : 'workflowCompleted',
      input: { execution: ended },
    },
  ];
}
