import { outOfMemory } from '../incidents/index.ts';
import { needsPerson } from '../messages.ts';
import { alertAccepted } from '../parts/alert-accepted.ts';
import { notified } from '../parts/notified.ts';
import { providerSilent } from '../parts/provider-failed.ts';
import { timedOut } from '../parts/remediation-ended.ts';
import { signalProcessed } from '../parts/signal-processed.ts';
import type { Scenario } from '../scenario.ts';
import { tell } from '../story.ts';

/** The provider of the language model never answers; the phase runs out of its ten minutes. */
export const providerHangs: Scenario = {
  name: 'provider-hangs',
  incident: outOfMemory,
  endsIn: 'failure',
  scripts: [
    (facts) =>
      tell(
        alertAccepted(facts),
        signalProcessed(facts),
        providerSilent(facts, 600),
        timedOut(facts, { kind: 'phase', in: 'Analyzing' }),
        notified(facts, needsPerson(facts, 'The analysis did not end within 10m0s.')),
      ),
  ],
};
