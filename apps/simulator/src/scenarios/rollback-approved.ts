import { badRelease } from '../incidents/index.ts';
import { decidedByPerson } from '../parts/approval-awaited.ts';
import { executed } from '../parts/executed.ts';
import { endsWell } from '../parts/outcomes.ts';
import { understood } from '../parts/understood.ts';
import { onCall } from '../people.ts';
import type { Scenario } from '../scenario.ts';
import { tell } from '../story.ts';

/** A release brings errors; a person approves the rollback, and it helps. */
export const rollbackApproved: Scenario = {
  name: 'rollback-approved',
  incident: badRelease,
  endsIn: 'success',
  scripts: [
    (facts) =>
      tell(
        understood(facts, 'requires_approval'),
        decidedByPerson(facts, {
          decision: 'Approved',
          by: onCall,
          message: 'The errors match the release. Nothing else was deployed today.',
          afterSeconds: 184,
        }),
        executed(facts, { from: 'AwaitingApproval', seconds: 71 }),
        endsWell(facts),
      ),
  ],
};
