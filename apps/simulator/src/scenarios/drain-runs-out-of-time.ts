import { executionSteps } from '../execution-steps.ts';
import type { Scenario } from '../scenario.ts';
import {
  newWorkflowExecution,
  pipelineRunName,
  type WorkflowExecutionObject,
} from '../workflow-execution-object.ts';

/** Pods that a disruption budget protects do not leave in time; the workflow is stopped after ten minutes. */
export const drainRunsOutOfTime: Scenario = {
  name: 'drain-runs-out-of-time',
  alert: 'NodeDiskPressure',
  endsIn: 'failure',
  scripts: [
    (facts) => {
      const created = newWorkflowExecution(facts, {
        workflowId: 'move-workload',
        version: '1.0.2',
        workflowName: 'Move workload to other nodes',
        actionType: 'DrainWorkload',
        parameters: { NAMESPACE: facts.workload.namespace, DEPLOYMENT: facts.workload.deployment },
        confidence: 0.74,
        rationale: 'The node has 2 % of its disk left and the workload writes most of what fills it.',
        timeout: '10m0s',
      });
      const name = pipelineRunName(created);
      const failed: WorkflowExecutionObject = {
        ...created,
        status: {
          phase: 'Failed',
          observedGeneration: 1,
          startTime: facts.time(4),
          completionTime: facts.time(604),
          duration: '10m0s',
          pipelineRunRef: { name },
          pipelineRunStatus: {
            status: 'False',
            reason: 'PipelineRunTimeout',
            completedTasks: 1,
            totalTasks: 2,
          },
          failureDetails: failureDetails(facts.time(604)),
        },
      };
      return executionSteps({ created, ended: failed, createdAtSeconds: 0, endedAtSeconds: 604 });
    },
  ],
};

function failureDetails(failedAt: string) {
  return {
    failedTaskIndex: 1,
    failedTaskName: 'wait-for-eviction',
    failedStepName: 'wait',
    reason: 'DeadlineExceeded',
    message: 'PipelineRun failed to finish within "10m0s": 1 of 3 pods is protected by a disruption budget',
    failedAt,
    executionTimeBeforeFailure: '10m0s',
    naturalLanguageSummary:
      'The workflow was stopped after 10m0s while it waited for a protected pod to leave.',
    wasExecutionFailure: true,
  };
}
