import { certificateExpiring } from '../incidents/index.ts';
import type { Step } from '../managers.ts';
import { alertRefused } from '../parts/alert-accepted.ts';
import { executed } from '../parts/executed.ts';
import { endsWell } from '../parts/outcomes.ts';
import { understood } from '../parts/understood.ts';
import type { RemediationFacts, Scenario } from '../scenario.ts';
import { later, tell } from '../story.ts';

/** The API server is away when the alert comes; half a minute later it takes the repeat. */
export const apiServerAway: Scenario = {
  name: 'api-server-away',
  incident: certificateExpiring,
  endsIn: 'success',
  scripts: [(facts) => [...tell(alertRefused(facts)), ...later(30, renew)(facts)]],
};

function renew(facts: RemediationFacts): readonly Step[] {
  return tell(
    understood(facts, 'auto_approved'),
    executed(facts, { from: 'Analyzing', seconds: 37 }),
    endsWell(facts),
  );
}
