import { certificateExpiring } from '../incidents/index.ts';
import type { ExecutionFailure } from '../objects/workflow-execution.ts';
import { executed } from '../parts/executed.ts';
import { endsBadly, workflowFailure } from '../parts/outcomes.ts';
import { understood } from '../parts/understood.ts';
import type { Scenario } from '../scenario.ts';
import { tell } from '../story.ts';

/** The image of the workflow cannot be pulled, so nothing in the cluster was changed. */
export const workflowImageMissing: Scenario = {
  name: 'workflow-image-missing',
  incident: certificateExpiring,
  endsIn: 'failure',
  scripts: [
    (facts) =>
      tell(
        understood(facts, 'auto_approved'),
        executed(facts, { from: 'Analyzing', seconds: 121, failure }),
        endsBadly(facts, workflowFailure(failure)),
      ),
  ],
};

const failure: ExecutionFailure = {
  pipelineRunReason: 'TaskRunImagePullFailed',
  completedTasks: 0,
  totalTasks: 2,
  details: {
    failedTaskIndex: 0,
    failedTaskName: 'renew',
    reason: 'ImagePullBackOff',
    message: 'Back-off pulling image "registry.example.com/workflows/renew-certificate:0.9.1": not found',
    naturalLanguageSummary: 'The workflow did not begin: its image could not be pulled from the registry.',
    wasExecutionFailure: false,
  },
};
