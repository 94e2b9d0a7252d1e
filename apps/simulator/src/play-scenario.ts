import type { AuditClient, EmissionOutcome } from '@audit/client';
import { callStep, createManagers } from './managers.ts';
import type { PlannedScenario, PlannedStep } from './plan.ts';
import { type EventStamp, stampEvents } from './stamp-events.ts';

/**
 * Plays a scenario's remediations side by side, in the order of their steps' times. Every event names the one before it
 * in its correlation as its cause.
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
  let step: PlannedStep | undefined;
  // A remediation tells of the catalogue too, whose events correlate by workflow.
  const lastEventIds = new Map<string, string>();
  const managers = createManagers(
    stampEvents(client, (correlationId) => {
      if (step === undefined) throw new Error('an event was built outside a step');
      const stamp = toStamp(step, lastEventIds.get(correlationId));
      lastEventIds.set(correlationId, step.eventId);
      return stamp;
    }),
  );
  return (next) => {
    step = next;
    return callStep(managers, next);
  };
}

function toStamp({ eventId, timeMs }: PlannedStep, parentId: string | undefined): EventStamp {
  return {
    event_id: eventId,
    event_timestamp: new Date(timeMs).toISOString(),
    ...(parentId !== undefined && { parent_event_id: parentId }),
  };
}
