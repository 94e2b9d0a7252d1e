import { createAuditClient, type EmissionOutcome } from '@audit/client';
import { createMemoryTransport } from '@audit/client/testing';
import { type AuditEvent, type EventDefinition, eventsByService, safeParseEvent } from '@audit/schema';
import { describe, expect, it } from 'vitest';
import { type PlannedScenario, type PlanSettings, planScenarios, scenarioMsMax } from './plan.ts';
import { playScenario } from './play-scenario.ts';
import * as scenarios from './scenarios/index.ts';

const settings = {
  seed: '1',
  startTimeMs: Date.parse('2026-01-14T09:30:00.250Z'),
  remediations: 150,
  spacingMs: 1000,
} satisfies PlanSettings;
const plan = [...planScenarios(settings)];

const definitions: readonly EventDefinition[] = Object.values(eventsByService).flatMap((table) =>
  Object.values<EventDefinition>(table),
);
const emittedByServices = definitions.filter(({ emittedBy }) => emittedBy !== 'server');
const contractDefinition = (type: string) => definitions.find((definition) => definition.type === type);

describe('a played plan', () => {
  it('is the same for the same seed and start time, ids included', async () => {
    const again = [...planScenarios(settings)];
    expect(await playEvents(again)).toStrictEqual(await playEvents(plan));
  });

  it('tells the same story under other names at another time', () => {
    const tomorrow = [...planScenarios({ ...settings, startTimeMs: settings.startTimeMs + 86_400_000 })];
    expect(tomorrow.map(storyOf)).toStrictEqual(plan.map(storyOf));
    expect(correlationIdsOf(tomorrow)).not.toEqual(correlationIdsOf(plan));
  });

  it('tells another story for another seed', () => {
    const another = [...planScenarios({ ...settings, seed: '2' })];
    expect(another.map(storyOf)).not.toStrictEqual(plan.map(storyOf));
  });

  it.each([1, 2, 3, 4, 5])('has exactly %d remediations when asked for them', (remediations) => {
    const names = correlationIdsOf([...planScenarios({ ...settings, remediations })]);
    expect(names).toHaveLength(remediations);
    expect(new Set(names)).toHaveLength(remediations);
    for (const name of names) expect(name).toMatch(/^rr-[0-9a-f]{12}-[0-9a-f]{8}$/);
  });

  it('plays every scenario sooner or later', () => {
    expect(new Set(plan.map(({ scenario }) => scenario))).toEqual(new Set(Object.values(scenarios)));
  });

  it('begins with a story in which every service has a part', async () => {
    const events = await playEvents(plan.slice(0, 1));
    const parts = new Set(events.map(({ event_type }) => contractDefinition(event_type)?.service));
    expect(parts).toEqual(new Set(emittedByServices.map(({ service }) => service)));
  });

  it('emits every event type of the catalogue but those of the server itself', async () => {
    const emitted = new Set((await playEvents(plan)).map((event) => event.event_type));
    expect(emitted).toEqual(new Set(emittedByServices.map(({ type }) => type)));
  });

  it('names the event before it in the remediation as cause of every later one', async () => {
    const trails = Map.groupBy(await playEvents(plan), (event) => event.correlation_id);
    for (const name of correlationIdsOf(plan)) {
      const trail = trails.get(name) ?? [];
      const parents = trail.map((event) => event.parent_event_id);
      expect(parents).toEqual([undefined, ...trail.slice(0, -1).map((event) => event.event_id)]);
    }
  });

  it('names no cause that is not earlier', async () => {
    const timeOf = new Map<string | undefined, string>();
    for (const { event_id, parent_event_id, event_timestamp } of await playEvents(plan)) {
      timeOf.set(event_id, event_timestamp);
      if (parent_event_id == null) continue;
      expect((timeOf.get(parent_event_id) ?? 'never') < event_timestamp).toBe(true);
    }
  });

  it('lets the events of alerts at once overlap', async () => {
    const atOnce = plan.filter(({ remediations }) => remediations.length > 1).slice(0, 1);
    const ids = (await playEvents(atOnce)).map((event) => event.correlation_id);
    const changes = ids.filter((id, index) => id !== ids[index - 1]);
    expect(changes.length).toBeGreaterThan(10);
  });
});

describe.each(Object.values(scenarios))('scenario $name', ({ name, endsIn }) => {
  const planned = plan.filter(({ scenario }) => scenario.name === name).slice(0, 1);

  it('emits valid events and nothing that is rejected', async () => {
    const { outcomes, events } = await play(planned);
    expect(outcomes.filter(({ status }) => status === 'rejected')).toEqual([]);
    for (const event of events) expect(safeParseEvent(event)).toMatchObject({ success: true });
  });

  it(`ends once per remediation, in ${endsIn}`, async () => {
    const ends = (await playEvents(planned)).filter(({ event_type }) => endTypes.has(event_type));
    expect(ends.map((event) => event.correlation_id).toSorted()).toEqual(
      correlationIdsOf(planned).toSorted(),
    );
    expect(new Set(ends.map((event) => event.event_outcome))).toEqual(new Set([endsIn]));
  });

  it('correlates every event by the remediation, but for those that belong to none', async () => {
    const names = new Set(correlationIdsOf(planned));
    const others = (await playEvents(planned)).filter((event) => !names.has(event.correlation_id));
    for (const { event_type } of others) expect(withoutRemediation).toContain(event_type);
  });

  it('is over when the plan says', () => {
    for (const { steps } of planned.flatMap(({ remediations }) => remediations)) {
      const times = steps.map(({ timeMs }) => timeMs);
      expect(Math.max(...times) - Math.min(...times)).toBeLessThanOrEqual(scenarioMsMax);
    }
  });
});

// Both tell that a remediation has ended, so a trail has one of them.
const endTypes: ReadonlySet<string> = new Set([
  'orchestrator.lifecycle.completed',
  'orchestrator.lifecycle.failed',
]);

// A change of the catalogue, and a signal for which no RemediationRequest could be created.
const withoutRemediation = [
  'datastorage.workflow.created',
  'datastorage.workflow.updated',
  'gateway.crd.failed',
];

interface Play {
  readonly outcomes: readonly EmissionOutcome[];
  readonly events: readonly AuditEvent[];
}

async function play(planned: readonly PlannedScenario[]): Promise<Play> {
  const transport = createMemoryTransport();
  await using client = createAuditClient({ transport, durability: 'memory' });
  const outcomes = planned.flatMap((scenario) => playScenario(client, scenario));
  await client.flush();
  return { outcomes, events: transport.events };
}

async function playEvents(planned: readonly PlannedScenario[]): Promise<readonly AuditEvent[]> {
  return (await play(planned)).events;
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
