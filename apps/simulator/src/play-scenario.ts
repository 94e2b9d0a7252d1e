import type { AuditClient, EmissionOutcome } from '@audit/client';
import { callStep, createManagers } from './managers.ts';
import type { PlannedScenario, PlannedStep } from './plan.ts';
import { type EventStamp, stampEvents } from './stamp-events.ts';

/**
 * Plays a scenario's remediations side by side, in the order of their steps' times. Within a remediation every event
 * names the one before it as its cause.
 */
export function playScenario(client: AuditClient, planned: PlannedScenario): readonly EmissionOutcome[] {
  const turns = planned.remediations.flatMap((remediation) => {
    const play = createPlayer(client);
    return remediation.steps.map((step) => ({ step, play }));
  });
  return turns.toSorted((a, b) => a.step.timeMs - b.step.timeMs).map(({ step, play }) => play(step));
}

type Player = (step: PlannedStep) => EmissionOutcome;

function createPlayer(client: AuditClient): Player {
  let stamp: EventStamp | undefined;
  let parentId: string | undefined;
  const managers = createManagers(
    stampEvents(client, () => {
      if (stamp === undefined) throw new Error('an event was built outside a step');
      return stamp;
    }),
  );
  return (step) => {
    stamp = toStamp(step, parentId);
    const outcome = callStep(managers, step);
    if (outcome.status === 'accepted') parentId = outcome.eventId;
    return outcome;
  };
}

function toStamp({ eventId, timeMs }: PlannedStep, parentId: string | undefined): EventStamp {
  return {
    event_id: eventId,
    event_timestamp: new Date(timeMs).toISOString(),
    ...(parentId !== undefined && { parent_event_id: parentId }),
  };
}
