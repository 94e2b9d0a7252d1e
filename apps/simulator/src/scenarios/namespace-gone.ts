import { nodeLost } from '../incidents/index.ts';
import { needsPerson } from '../messages.ts';
import { alertAccepted } from '../parts/alert-accepted.ts';
import { notified } from '../parts/notified.ts';
import { brokenOff } from '../parts/remediation-ended.ts';
import { signalRefused } from '../parts/signal-processed.ts';
import type { RemediationFacts, Scenario } from '../scenario.ts';
import { tell } from '../story.ts';

/** The namespace of the alert is being deleted; the signal cannot be enriched, and the remediation is broken off. */
export const namespaceGone: Scenario = {
  name: 'namespace-gone',
  incident: nodeLost,
  endsIn: 'failure',
  scripts: [
    (facts) =>
      tell(
        alertAccepted(facts),
        signalRefused(facts, namespaceGoneReason(facts)),
        brokenOff(facts, {
          in: 'Processing',
          failurePhase: 'signal_processing',
          reason: namespaceGoneReason(facts),
        }),
        notified(facts, needsPerson(facts, namespaceGoneReason(facts))),
      ),
  ],
};

function namespaceGoneReason({ workload }: RemediationFacts): string {
  return `namespace ${workload.namespace} is being terminated`;
}
