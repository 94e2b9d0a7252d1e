import { diskPressure } from '../incidents/index.ts';
import { alertAccepted } from '../parts/alert-accepted.ts';
import { workflowPublished } from '../parts/catalogue.ts';
import { endsBadly } from '../parts/outcomes.ts';
import { noWorkflowWarning } from '../parts/proposal.ts';
import { signalProcessed } from '../parts/signal-processed.ts';
import { workflowNotFound } from '../parts/workflow-not-found.ts';
import type { Scenario } from '../scenario.ts';
import { pause, tell } from '../story.ts';

/** The catalogue has no workflow for the cause; an engineer publishes one for the next time. */
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
        endsBadly(facts, {
          in: 'Analyzing',
          failurePhase: 'ai_analysis',
          reason: noWorkflowWarning,
        }),
        pause(900),
        workflowPublished(facts),
      ),
  ],
};
