import type { Step } from '../managers.ts';
import {
  completedWorkflowExecution,
  type ExecutionFailure,
  type ExecutionTimes,
  failedWorkflowExecution,
  newWorkflowExecution,
  pipelineRunName,
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
  /** Present when the workflow fails. */
  readonly failure?: ExecutionFailure;
}

/** The workflow is selected, started and runs to its end. */
export function executed(facts: RemediationFacts, { from, seconds, failure }: Execution): StoryPart {
  return {
    seconds: seconds + 1,
    steps: (start) => [
      ...(from === undefined ? [] : [phaseChanged(facts, { atSeconds: start, from, to: 'Executing' })]),
      ...started(facts, start),
      ended(facts, { createdAt: start, endedAt: start + seconds, failure }),
    ],
  };
}

function started(facts: RemediationFacts, createdAt: number): readonly Step[] {
  const created = newWorkflowExecution(facts, createdAt);
  const pending = { ...created, status: { phase: 'Pending', observedGeneration: 1 } };
  return [
    {
      atSeconds: createdAt,
      service: 'workflowexecution',
      method: 'selectionCompleted',
      input: { execution: created, pipelineRunExists: false },
    },
    {
      atSeconds: createdAt + 1,
      service: 'workflowexecution',
      method: 'executionStarted',
      input: { execution: created, pipelineRunName: pipelineRunName(created) },
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
