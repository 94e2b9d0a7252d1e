import { diskPressure } from '../incidents/index.ts';
import { approvalExpired } from '../parts/approval-awaited.ts';
import { endsBadly } from '../parts/outcomes.ts';
import { understood } from '../parts/understood.ts';
import type { Scenario } from '../scenario.ts';
import { tell } from '../story.ts';

/** Nobody decides on a drain within half an hour. */
export const approvalExpires: Scenario = {
  name: 'approval-expires',
  incident: diskPressure,
  endsIn: 'failure',
  scripts: [
    (facts) =>
      tell(
        understood(facts, 'requires_approval'),
        approvalExpired(facts),
        endsBadly(facts, {
          in: 'AwaitingApproval',
          failurePhase: 'approval',
          reason: 'Nobody decided within 30m0s: timeout of the approval.',
        }),
      ),
  ],
};
