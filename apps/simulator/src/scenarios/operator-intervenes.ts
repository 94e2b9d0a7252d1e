import { diskPressure } from '../incidents/index.ts';
import { heldBack } from '../messages.ts';
import { executed } from '../parts/executed.ts';
import {
  blockCleared,
  executionHeldBack,
  notificationCancelled,
  timeLimitRaised,
} from '../parts/operator-intervened.ts';
import { endsWell } from '../parts/outcomes.ts';
import { understood } from '../parts/understood.ts';
import type { Scenario } from '../scenario.ts';
import { pause, tell } from '../story.ts';

/** An earlier failure blocks the workflow; a person gives it time, clears the block and spares others the message. */
export const operatorIntervenes: Scenario = {
  name: 'operator-intervenes',
  incident: diskPressure,
  endsIn: 'success',
  scripts: [
    (facts) =>
      tell(
        understood(facts, 'auto_approved'),
        executionHeldBack(facts),
        pause(95),
        timeLimitRaised(facts),
        notificationCancelled(facts, heldBack(facts, 'An earlier execution failed at the same target.')),
        blockCleared(facts, clearReason),
        executed(facts, { seconds: 388 }),
        endsWell(facts),
      ),
  ],
};

const clearReason =
  'Checked the earlier drain by hand: nothing is left half done, and the disruption budget allows it now.';
