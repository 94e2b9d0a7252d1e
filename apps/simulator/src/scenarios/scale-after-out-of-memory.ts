import { executionSteps } from '../execution-steps.ts';
import type { Step } from '../managers.ts';
import type { RemediationFacts, Scenario } from '../scenario.ts';
import {
  newWorkflowExecution,
  pipelineRunName,
  type WorkflowExecutionObject,
} from '../workflow-execution-object.ts';

/** A deployment runs out of memory; two more replicas take the load. */
export const scaleAfterOutOfMemory: Scenario = {
  name: 'scale-after-out-of-memory',
  alert: 'HighMemoryUsage',
  endsIn: 'success',
  scripts: [
    (facts) => {
      const created = createExecution(facts);
      const name = pipelineRunName(created);
      const pending = { ...created, status: { phase: 'Pending', observedGeneration: 1 } };
      const completed: WorkflowExecutionObject = {
        ...created,
        status: {
          phase: 'Completed',
          observedGeneration: 1,
          startTime: facts.time(2),
          completionTime: facts.time(94),
          duration: '1m32s',
          pipelineRunRef: { name },
          pipelineRunStatus: {
            status: 'True',
            reason: 'Succeeded',
            message: 'Tasks Completed: 3 (Failed: 0, Cancelled 0), Skipped: 0',
            completedTasks: 3,
            totalTasks: 3,
          },
        },
      };
      // A conflict on the status update makes the controller reconcile again: nothing more may be recorded.
      const reconciled: Step = {
        atSeconds: 2,
        service: 'workflowexecution',
        method: 'selectionCompleted',
        input: { execution: pending, pipelineRunExists: true },
      };
      const [selected, started, ended] = executionSteps({
        created,
        ended: completed,
        createdAtSeconds: 0,
        endedAtSeconds: 94,
      });
      return [selected, started, reconciled, ended];
    },
  ],
};

function createExecution(facts: RemediationFacts): WorkflowExecutionObject {
  return newWorkflowExecution(facts, {
    workflowId: 'scale-deployment',
    version: '1.4.0',
    workflowName: 'Scale deployment',
    actionType: 'ScaleReplicas',
    parameters: {
      NAMESPACE: facts.workload.namespace,
      DEPLOYMENT: facts.workload.deployment,
      REPLICAS: '5',
    },
    confidence: 0.93,
    rationale: 'Two of three pods were OOMKilled within ten minutes while the request rate doubled.',
  });
}
