import { outOfMemory } from '../incidents/index.ts';
import { executed } from '../parts/executed.ts';
import { endsWell } from '../parts/outcomes.ts';
import { understood } from '../parts/understood.ts';
import type { Scenario } from '../scenario.ts';
import { tell } from '../story.ts';

/** A deployment runs out of memory; two more replicas take the load. */
export const scaleAfterOutOfMemory: Scenario = {
  name: 'scale-after-out-of-memory',
  incident: outOfMemory,
  endsIn: 'success',
  scripts: [
    (facts) =>
      tell(
        understood(facts, 'auto_approved'),
        executed(facts, { from: 'Analyzing', seconds: 94 }),
        endsWell(facts),
      ),
  ],
};
