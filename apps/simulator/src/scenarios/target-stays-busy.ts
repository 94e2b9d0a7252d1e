import { badRelease } from '../incidents/index.ts';
import { needsPerson } from '../messages.ts';
import { notified } from '../parts/notified.ts';
import { timedOut } from '../parts/remediation-ended.ts';
import { blockedByOther } from '../parts/routing-blocked.ts';
import { understood } from '../parts/understood.ts';
import type { Scenario } from '../scenario.ts';
import { tell } from '../story.ts';

/** Another remediation never lets go of the deployment; the hour of this one runs out. */
export const targetStaysBusy: Scenario = {
  name: 'target-stays-busy',
  incident: badRelease,
  endsIn: 'failure',
  scripts: [
    (facts) =>
      tell(
        understood(facts, 'auto_approved'),
        blockedByOther(facts, 3563),
        timedOut(facts, { kind: 'global', in: 'Blocked' }),
        notified(facts, needsPerson(facts, 'The remediation did not end within 1h0m0s.')),
      ),
  ],
};
