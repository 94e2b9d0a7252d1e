import { nodeLost } from '../incidents/index.ts';
import type { Step } from '../managers.ts';
import { executed } from '../parts/executed.ts';
import { endsWell } from '../parts/outcomes.ts';
import { understood } from '../parts/understood.ts';
import type { RemediationFacts, Scenario } from '../scenario.ts';
import { later, tell } from '../story.ts';

/** A node fails and takes three workloads with it: three alerts at once, three remediations side by side. */
export const nodeFails: Scenario = {
  name: 'node-fails',
  incident: nodeLost,
  endsIn: 'success',
  scripts: [restart, later(3, restart), later(5, restart)],
};

function restart(facts: RemediationFacts): readonly Step[] {
  return tell(
    understood(facts, 'auto_approved'),
    executed(facts, { from: 'Analyzing', seconds: 43 }),
    endsWell(facts),
  );
}
