import { executionSteps } from '../execution-steps.ts';
import type { RemediationScript, Scenario } from '../scenario.ts';
import {
  newWorkflowExecution,
  pipelineRunName,
  type WorkflowExecutionObject,
} from '../workflow-execution-object.ts';

/** A node fails and takes three workloads with it: three alerts at once, three remediations side by side. */
export const nodeFails: Scenario = {
  name: 'node-fails',
  alert: 'PodsNotReady',
  endsIn: 'success',
  scripts: [restartAfterSeconds(0), restartAfterSeconds(3), restartAfterSeconds(5)],
};

function restartAfterSeconds(delaySeconds: number): RemediationScript {
  return (facts) => {
    const created = newWorkflowExecution(facts, {
      workflowId: 'restart-deployment',
      version: '1.0.3',
      workflowName: 'Restart deployment',
      actionType: 'RestartDeployment',
      parameters: { NAMESPACE: facts.workload.namespace, DEPLOYMENT: facts.workload.deployment },
      confidence: 0.88,
      rationale: 'All pods ran on the node that went away; the scheduler has room for them elsewhere.',
    });
    const name = pipelineRunName(created);
    const completed: WorkflowExecutionObject = {
      ...created,
      status: {
        phase: 'Completed',
        observedGeneration: 1,
        startTime: facts.time(delaySeconds + 2),
        completionTime: facts.time(delaySeconds + 43),
        duration: '41s',
        pipelineRunRef: { name },
        pipelineRunStatus: { status: 'True', reason: 'Succeeded', completedTasks: 2, totalTasks: 2 },
      },
    };
    return executionSteps({
      created,
      ended: completed,
      createdAtSeconds: delaySeconds,
      endedAtSeconds: delaySeconds + 43,
    });
  };
}
