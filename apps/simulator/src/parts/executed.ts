import type { Step } from '../managers.ts';
import {
  completedWorkflowExecution,
  type ExecutionFailure,
  type ExecutionStart,
  type ExecutionTimes,
  failedWorkflowExecution,
  newWorkflowExecution,
  pipelineRunName,
  runningWorkflowExecution,
} from '../objects/workflow-execution.ts';
import type { RemediationFacts } from '../scenario.ts';
import type { StoryPart } from '../story.ts';
import { phaseChanged, type RemediationPhase } from './phase-changed.ts';

/** How an execution goes. */
export interface Execution {
  /** Phase in which the remediation was before; absent when it was executing already. */
  readonly from?: RemediationPhase;
  /** From the creation of the execution to its end. */
  readonly seconds: number;
  /**
   * From the creation of the PipelineRun to its start, which then is an event of its own; default 0: both are one
   * moment, which the event of the creation tells.
   */
  readonly waitSeconds?: number;
  /** Present when the workflow fails. */
  readonly failure?: ExecutionFailure;
}

/** The workflow is selected, started and runs to its end. */
export function executed(facts: RemediationFacts, execution: Execution): StoryPart {
  const { from, seconds, waitSeconds = 0, failure } = execution;
  return {
    seconds: seconds + 1,
    steps: (start) => {
      const times = { createdAt: start, startedAt: start + 1 + waitSeconds, endedAt: start + seconds };
      return [
        ...(from === undefined ? [] : [phaseChanged(facts, { atSeconds: start, from, to: 'Executing' })]),
        ...created(facts, start),
        ...(waitSeconds > 0 ? [started(facts, times)] : []),
        ended(facts, { ...times, failure }),
      ];
    },
  };
}

function created(facts: RemediationFacts, createdAt: number): readonly Step[] {
  const execution = newWorkflowExecution(facts, createdAt);
  const pending = { ...execution, status: { phase: 'Pending', observedGeneration: 1 } };
  return [
    {
      atSeconds: createdAt,
      service: 'workflowexecution',
      method: 'selectionCompleted',
      input: { execution, pipelineRunExists: false },
    },
    {
      atSeconds: createdAt + 1,
      service: 'workflowexecution',
      method: 'executionStarted',
      input: { execution, pipelineRunName: pipelineRunName(execution) },
    },
    // A conflict on the status update makes the controller reconcile again: nothing more may be recorded.
    {
      atSeconds: createdAt + 1,
      service: 'workflowexecution',
      method: 'selectionCompleted',
      input: { execution: pending, pipelineRunExists: true },
    },
  ];
}

function started(facts: RemediationFacts, times: ExecutionStart): Step {
  return {
    atSeconds: times.startedAt,
    service: 'workflowexecution',
    method: 'workflowStarted',
    input: { execution: runningWorkflowExecution(facts, times) },
  };
}

interface ExecutionEnd extends ExecutionTimes {
  readonly failure: ExecutionFailure | undefined;
}

function ended(facts: RemediationFacts, { failure, ...times }: ExecutionEnd): Step {
  const moment = { atSeconds: times.endedAt, service: 'workflowexecution' } as const;
  if (failure === undefined) {
    const execution = completedWorkflowExecution(facts, times);
    return { ...moment, method: 'workflowCompleted', input: { execution } };
  }
  const execution = failedWorkflowExecution(facts, { ...times, failure });
  return { ...moment, method: 'workflowFailed', input: { execution } };
}
