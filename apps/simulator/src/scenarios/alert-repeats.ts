import { outOfMemory } from '../incidents/index.ts';
import { alertRepeated } from '../parts/alert-accepted.ts';
import { executed } from '../parts/executed.ts';
import { endsWell } from '../parts/outcomes.ts';
import { understood } from '../parts/understood.ts';
import type { Scenario } from '../scenario.ts';
import { inTurn, meanwhile, pause, tell } from '../story.ts';

/** The alert fires three times; the repeats join the remediation that is under way. */
export const alertRepeats: Scenario = {
  name: 'alert-repeats',
  incident: outOfMemory,
  endsIn: 'success',
  scripts: [
    (facts) =>
      tell(
        understood(facts, 'auto_approved'),
        meanwhile(
          executed(facts, { from: 'Analyzing', seconds: 94 }),
          inTurn(pause(28), alertRepeated(facts, 2), pause(59), alertRepeated(facts, 3)),
        ),
        endsWell(facts),
      ),
  ],
};
