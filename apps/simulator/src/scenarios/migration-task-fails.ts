import { badRelease } from '../incidents/index.ts';
import type { ExecutionFailure } from '../objects/workflow-execution.ts';
import { executed } from '../parts/executed.ts';
import { endsBadly, workflowFailure } from '../parts/outcomes.ts';
import { understood } from '../parts/understood.ts';
import type { Scenario } from '../scenario.ts';
import { tell } from '../story.ts';

/** The rollback of a release stops at a database migration that cannot be undone. */
export const migrationTaskFails: Scenario = {
  name: 'migration-task-fails',
  incident: badRelease,
  endsIn: 'failure',
  scripts: [
    (facts) =>
      tell(
        understood(facts, 'auto_approved'),
        executed(facts, { from: 'Analyzing', seconds: 48, failure }),
        endsBadly(facts, workflowFailure(failure)),
      ),
  ],
};

const failure: ExecutionFailure = {
  pipelineRunReason: 'Failed',
  completedTasks: 2,
  totalTasks: 4,
  details: {
    failedTaskIndex: 1,
    failedTaskName: 'undo-migration',
    failedStepName: 'migrate',
    reason: 'TaskFailed',
    message: 'migration 0042 cannot be undone: column payments.fee was dropped',
    exitCode: 3,
    naturalLanguageSummary:
      'The task undo-migration failed after 47s at step migrate: the migration dropped a column and has no way back.',
    wasExecutionFailure: true,
  },
};
