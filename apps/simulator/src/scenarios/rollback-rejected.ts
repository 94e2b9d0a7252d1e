import { badRelease } from '../incidents/index.ts';
import { needsPerson } from '../messages.ts';
import { decidedByPerson } from '../parts/approval-awaited.ts';
import { notified } from '../parts/notified.ts';
import { failed } from '../parts/remediation-ended.ts';
import { understood } from '../parts/understood.ts';
import { onCall } from '../people.ts';
import type { Scenario } from '../scenario.ts';
import { tell } from '../story.ts';

/** A release brings errors; a person rejects the rollback, because it would lose data. */
export const rollbackRejected: Scenario = {
  name: 'rollback-rejected',
  incident: badRelease,
  endsIn: 'failure',
  scripts: [
    (facts) =>
      tell(
        understood(facts, 'requires_approval'),
        decidedByPerson(facts, {
          decision: 'Rejected',
          by: onCall,
          message: 'Release 4.18.0 migrated the payments table; a rollback would lose the fees since then.',
          afterSeconds: 412,
        }),
        failed(facts, {
          in: 'AwaitingApproval',
          failurePhase: 'approval',
          reason: 'ApprovalRejected',
        }),
        notified(facts, needsPerson(facts, 'The rollback was rejected, and the errors go on.')),
      ),
  ],
};
