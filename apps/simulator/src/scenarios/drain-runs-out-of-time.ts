import { diskPressure } from '../incidents/index.ts';
import type { ExecutionFailure } from '../objects/workflow-execution.ts';
import { executed } from '../parts/executed.ts';
import { endsBadly, workflowFailure } from '../parts/outcomes.ts';
import { understood } from '../parts/understood.ts';
import type { Scenario } from '../scenario.ts';
import { tell } from '../story.ts';

/** The workflow waits in a queue; then protected pods do not leave, and it is stopped ten minutes after its start. */
export const drainRunsOutOfTime: Scenario = {
  name: 'drain-runs-out-of-time',
  incident: diskPressure,
  endsIn: 'failure',
  scripts: [
    (facts) =>
      tell(
        understood(facts, 'auto_approved'),
        executed(facts, { from: 'Analyzing', seconds: 625, waitSeconds: 24, failure }),
        endsBadly(facts, workflowFailure(failure)),
      ),
  ],
};

const failure: ExecutionFailure = {
  pipelineRunReason: 'PipelineRunTimeout',
  completedTasks: 1,
  totalTasks: 2,
  details: {
    failedTaskIndex: 1,
    failedTaskName: 'wait-for-eviction',
    failedStepName: 'wait',
    reason: 'DeadlineExceeded',
    message: 'PipelineRun failed to finish within "10m0s": 1 of 3 pods is protected by a disruption budget',
    naturalLanguageSummary:
      'The workflow was stopped after 10m0s while it waited for a protected pod to leave.',
    wasExecutionFailure: true,
  },
};
