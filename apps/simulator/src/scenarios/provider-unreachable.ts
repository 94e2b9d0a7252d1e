import { nodeLost } from '../incidents/index.ts';
import { needsPerson } from '../messages.ts';
import { alertAccepted } from '../parts/alert-accepted.ts';
import { notNotified } from '../parts/notified.ts';
import { providerError, providerFailed } from '../parts/provider-failed.ts';
import { failed } from '../parts/remediation-ended.ts';
import { signalProcessed } from '../parts/signal-processed.ts';
import type { Scenario } from '../scenario.ts';
import { tell } from '../story.ts';

/** The provider of the language model does not answer, and then Slack does not either. */
export const providerUnreachable: Scenario = {
  name: 'provider-unreachable',
  incident: nodeLost,
  endsIn: 'failure',
  scripts: [
    (facts) =>
      tell(
        alertAccepted(facts),
        signalProcessed(facts),
        providerFailed(facts),
        failed(facts, {
          in: 'Analyzing',
          failurePhase: 'ai_analysis',
          reason: providerError.message,
          error: providerError,
        }),
        notNotified(facts, needsPerson(facts, providerError.message)),
      ),
  ],
};
