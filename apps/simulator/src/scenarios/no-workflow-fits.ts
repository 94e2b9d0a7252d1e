import { diskPressure } from '../incidents/index.ts';
import { alertAccepted } from '../parts/alert-accepted.ts';
import { workflowPublished } from '../parts/catalogue.ts';
import { handedOver } from '../parts/handed-over.ts';
import { noWorkflowWarning } from '../parts/proposal.ts';
import { failed, type RemediationFailure } from '../parts/remediation-ended.ts';
import { signalProcessed } from '../parts/signal-processed.ts';
import { noWorkflowReason, workflowNotFound } from '../parts/workflow-not-found.ts';
import { onCall } from '../people.ts';
import type { Scenario } from '../scenario.ts';
import { pause, tell } from '../story.ts';

/** The catalogue has no workflow for the cause; a person takes over, and an engineer publishes one for the next time. */
export const noWorkflowFits: Scenario = {
  name: 'no-workflow-fits',
  incident: diskPressure,
  endsIn: 'failure',
  scripts: [
    (facts) =>
      tell(
        alertAccepted(facts),
        signalProcessed(facts),
        workflowNotFound(facts),
        failed(facts, failure),
        handedOver(facts, { failure, why: noWorkflowReason, to: onCall, afterSeconds: 147 }),
        pause(755),
        workflowPublished(facts),
      ),
  ],
};

const failure: RemediationFailure = {
  in: 'Analyzing',
  failurePhase: 'ai_analysis',
  reason: noWorkflowWarning,
};
