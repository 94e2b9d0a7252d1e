import { executionSteps } from '../execution-steps.ts';
import type { Scenario } from '../scenario.ts';
import {
  newWorkflowExecution,
  pipelineRunName,
  type WorkflowExecutionObject,
} from '../workflow-execution-object.ts';

/** The rollback of a release stops at a database migration that cannot be undone. */
export const migrationTaskFails: Scenario = {
  name: 'migration-task-fails',
  alert: 'HighErrorRate',
  endsIn: 'failure',
  scripts: [
    (facts) => {
      const created = newWorkflowExecution(facts, {
        workflowId: 'roll-back-release',
        version: '2.1.3',
        workflowName: 'Roll back release',
        actionType: 'RollbackDeployment',
        parameters: {
          NAMESPACE: facts.workload.namespace,
          DEPLOYMENT: facts.workload.deployment,
          REVISION: 'previous',
        },
        confidence: 0.81,
        rationale: 'Errors began within a minute of the rollout of the current revision.',
      });
      const name = pipelineRunName(created);
      const failed: WorkflowExecutionObject = {
        ...created,
        status: {
          phase: 'Failed',
          observedGeneration: 1,
          startTime: facts.time(3),
          completionTime: facts.time(50),
          duration: '47s',
          pipelineRunRef: { name },
          pipelineRunStatus: { status: 'False', reason: 'Failed', completedTasks: 2, totalTasks: 4 },
          failureDetails: failureDetails(facts.time(50)),
        },
      };
      return executionSteps({ created, ended: failed, createdAtSeconds: 0, endedAtSeconds: 50 });
    },
  ],
};

function failureDetails(failedAt: string) {
  return {
    failedTaskIndex: 1,
    failedTaskName: 'undo-migration',
    failedStepName: 'migrate',
    reason: 'TaskFailed',
    message: 'migration 0042 cannot be undone: column payments.fee was dropped',
    exitCode: 3,
    failedAt,
    executionTimeBeforeFailure: '47s',
    naturalLanguageSummary:
      'The task undo-migration failed after 47s at step migrate: the migration dropped a column and has no way back.',
    wasExecutionFailure: true,
  };
}
