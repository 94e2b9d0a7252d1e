import { outOfMemory } from '../incidents/index.ts';
import { executed } from '../parts/executed.ts';
import { endsWell } from '../parts/outcomes.ts';
import { blockedByOther } from '../parts/routing-blocked.ts';
import { understood } from '../parts/understood.ts';
import type { Scenario } from '../scenario.ts';
import { tell } from '../story.ts';

/** Another remediation changes the same deployment; this one waits for four minutes. */
export const targetBusy: Scenario = {
  name: 'target-busy',
  incident: outOfMemory,
  endsIn: 'success',
  scripts: [
    (facts) =>
      tell(
        understood(facts, 'auto_approved'),
        blockedByOther(facts, 240),
        executed(facts, { from: 'Blocked', seconds: 88 }),
        endsWell(facts),
      ),
  ],
};
