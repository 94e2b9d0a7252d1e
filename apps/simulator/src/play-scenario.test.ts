import { createAuditClient } from '@audit/client';
import { createMemoryTransport } from '@audit/client/testing';
import { type AuditEvent, safeParseEvent } from '@audit/schema';
import { describe, expect, it } from 'vitest';
import { type PlannedScenario, type PlanSettings, planScenarios, scenarioMsMax } from './plan.ts';
import { playScenario } from './play-scenario.ts';
import * as scenarios from './scenarios/index.ts';

const settings = {
  seed: '1',
  startTimeMs: Date.parse('2026-01-14T09:30:00.250Z'),
  remediations: 40,
  spacingMs: 1000,
} satisfies PlanSettings;

describe('a played plan', () => {
  it('is the same for the same seed and start time, ids included', async () => {
    expect(await play([...planScenarios(settings)])).toStrictEqual(await play([...planScenarios(settings)]));
  });

  it('tells the same story under other names at another time', () => {
    const today = [...planScenarios(settings)];
    const tomorrow = [...planScenarios({ ...settings, startTimeMs: settings.startTimeMs + 86_400_000 })];
    expect(tomorrow.map(storyOf)).toStrictEqual(today.map(storyOf));
    expect(correlationIdsOf(tomorrow)).not.toEqual(correlationIdsOf(today));
  });

  it('tells another story for another seed', () => {
    const another = [...planScenarios({ ...settings, seed: '2' })];
    expect(another.map(storyOf)).not.toStrictEqual([...planScenarios(settings)].map(storyOf));
  });

  it.each([1, 2, 3, 4, 5])('has exactly %d remediations when asked for them', (remediations) => {
    const names = correlationIdsOf([...planScenarios({ ...settings, remediations })]);
    expect(names).toHaveLength(remediations);
    expect(new Set(names)).toHaveLength(remediations);
    for (const name of names) expect(name).toMatch(/^rr-[0-9a-f]{12}-[0-9a-f]{8}$/);
  });

  it('plays every scenario sooner or later, and only valid events', async () => {
    const planned = [...planScenarios(settings)];
    expect(new Set(planned.map(({ scenario }) => scenario))).toEqual(new Set(Object.values(scenarios)));
    for (const event of await play(planned)) expect(safeParseEvent(event)).toMatchObject({ success: true });
  });

  it('names the event before it in the remediation as cause of every later one', async () => {
    const trails = Map.groupBy(await play([...planScenarios(settings)]), (event) => event.correlation_id);
    expect(trails).toHaveLength(settings.remediations);
    for (const trail of trails.values()) {
      expect(trail.map((event) => event.parent_event_id)).toEqual([
        undefined,
        ...trail.slice(0, -1).map((event) => event.event_id),
      ]);
      expect(trail.map((event) => event.event_timestamp)).toEqual(
        trail.map((event) => event.event_timestamp).toSorted(),
      );
    }
  });

  it('lets the events of alerts at once overlap', async () => {
    const planned = [...planScenarios(settings)]
      .filter(({ remediations }) => remediations.length > 1)
      .slice(0, 1);
    const types = (await play(planned)).map((event) => event.event_type.split('.').slice(1).join('.'));
    expect(types.slice(-3)).toEqual(['workflow.completed', 'workflow.completed', 'workflow.completed']);
  });
});

describe.each(Object.values(scenarios))('scenario $name', ({ name, endsIn }) => {
  const planned = [...planScenarios(settings)].filter(({ scenario }) => scenario.name === name).slice(0, 1);

  it(`ends in ${endsIn}`, async () => {
    const ends = (await play(planned)).filter((event) =>
      event.event_type.startsWith('workflowexecution.workflow'),
    );
    expect(new Set(ends.map((event) => event.event_outcome))).toEqual(new Set([endsIn]));
  });

  it('records selected, started and ended once per remediation', async () => {
    const events = await play(planned);
    const remediations = planned.flatMap((scenario) => scenario.remediations);
    expect(events).toHaveLength(3 * remediations.length);
  });

  it('is over when the plan says', () => {
    for (const { steps } of planned.flatMap(({ remediations }) => remediations)) {
      const times = steps.map(({ timeMs }) => timeMs);
      expect(Math.max(...times) - Math.min(...times)).toBeLessThanOrEqual(scenarioMsMax);
    }
  });
});

async function play(planned: readonly PlannedScenario[]): Promise<readonly AuditEvent[]> {
  const transport = createMemoryTransport();
  await using client = createAuditClient({ transport });
  for (const scenario of planned) {
    for (const outcome of playScenario(client, scenario)) expect(outcome.status).not.toBe('rejected');
  }
  await client.flush();
  return transport.events;
}

function storyOf({ scenario, remediations }: PlannedScenario) {
  return {
    scenario: scenario.name,
    alerts: remediations.map(({ correlationId }) => correlationId.slice(0, 15)),
  };
}

function correlationIdsOf(planned: readonly PlannedScenario[]): readonly string[] {
  return planned.flatMap(({ remediations }) => remediations.map(({ correlationId }) => correlationId));
}
