import { hash } from 'node:crypto';
import type { Step } from './managers.ts';
import { createRandom, type Random, uuidAt } from './random.ts';
import type { RemediationFacts, RemediationScript, Scenario, Workload } from './scenario.ts';
import * as scenarios from './scenarios/index.ts';

/** What decides a plan: the same settings give the same plan. */
export interface PlanSettings {
  /** Decides scenarios, workloads and how the time between them varies. */
  readonly seed: string;
  /** When the first remediation starts, in milliseconds since 1970; decides names and ids together with the seed. */
  readonly startTimeMs: number;
  /** Number of remediations. */
  readonly remediations: number;
  /** Milliseconds from the start of one scenario to the start of the next. */
  readonly spacingMs: number;
}

/** A scenario with its remediations, which overlap in time. */
export interface PlannedScenario {
  readonly scenario: Scenario;
  readonly remediations: readonly PlannedRemediation[];
}

/** One remediation to play. */
interface PlannedRemediation {
  readonly correlationId: string;
  readonly steps: readonly PlannedStep[];
}

/** A step with the moment and the id its event gets. */
export type PlannedStep = Step & { readonly timeMs: number; readonly eventId: string };

/** Plans scenario after scenario until there are as many remediations as asked for. Lazy: a plan may be very long. */
export function* planScenarios(settings: PlanSettings): Generator<PlannedScenario> {
  const choice = createRandom(settings.seed);
  const identity = createRandom(`${settings.seed}\n${settings.startTimeMs}`);
  let startTimeMs = settings.startTimeMs;
  for (let left = settings.remediations; left > 0; ) {
    const scenario = left === settings.remediations ? firstScenario : pickScenario(choice, left);
    const remediations = pickWorkloads(choice, scenario.scripts.length).map((workload, index) =>
      planRemediation({ scenario, workload, index, startTimeMs, identity, choice }),
    );
    yield { scenario, remediations };
    left -= remediations.length;
    startTimeMs += settings.spacingMs;
  }
}

/** Longest time that a scenario takes, in milliseconds: the limit of a remediation is an hour. */
export const scenarioMsMax = 3_900_000;

// In this story every service has a part: a plan begins with it, so that the shortest play shows all of them.
const { rollbackApproved: firstScenario, ...otherScenarios } = scenarios;

function pickScenario(choice: Random, left: number): Scenario {
  const fitting = Object.values<Scenario>(otherScenarios).filter(({ scripts }) => scripts.length <= left);
  return choice.pick([firstScenario, ...fitting]);
}

const workloads: readonly Workload[] = [
  { namespace: 'payments', deployment: 'checkout' },
  { namespace: 'payments', deployment: 'ledger' },
  { namespace: 'shop', deployment: 'catalogue' },
  { namespace: 'shop', deployment: 'cart' },
  { namespace: 'identity', deployment: 'login' },
  { namespace: 'search', deployment: 'indexer' },
  { namespace: 'shipping', deployment: 'label-printer' },
];

// Neighbours from a random place: different workloads for the alerts of one scenario.
function pickWorkloads(choice: Random, count: number): readonly Workload[] {
  const first = choice.integer(0, workloads.length - 1);
  return [...workloads, ...workloads].slice(first, first + count);
}

interface RemediationSource {
  readonly scenario: Scenario;
  readonly workload: Workload;
  /** Place among the scripts of the scenario. */
  readonly index: number;
  readonly startTimeMs: number;
  readonly identity: Random;
  readonly choice: Random;
}

function planRemediation(source: RemediationSource): PlannedRemediation {
  const { scenario, index } = source;
  const facts = factsOf(source);
  const script: RemediationScript = scenario.scripts[index] ?? scenario.scripts[0];
  return { correlationId: facts.remediationName, steps: planSteps(script(facts), source) };
}

function factsOf({ scenario, workload, startTimeMs, identity }: RemediationSource): RemediationFacts {
  const { namespace, deployment } = workload;
  const incident = scenario.incident(workload);
  const fingerprint = hash('sha256', `${incident.alert}:${namespace}:Deployment:${deployment}`);
  const remediationName = `rr-${fingerprint.slice(0, 12)}-${identity.hex(8)}`;
  return {
    remediationName,
    fingerprint,
    workload,
    incident,
    time: (atSeconds) => kubernetesTime(startTimeMs + atSeconds * 1000),
    uid: (name) => uuidAt(startTimeMs, createRandom(`${remediationName}\n${name}`)),
  };
}

function planSteps(steps: readonly Step[], { startTimeMs, identity, choice }: RemediationSource) {
  let lastMs = startTimeMs;
  return steps.map((step): PlannedStep => {
    // A controller records a change some milliseconds after it is written, and several one after another.
    const writtenMs = startTimeMs + step.atSeconds * 1000 + choice.integer(15, 400);
    const timeMs = Math.max(writtenMs, lastMs + choice.integer(2, 40));
    lastMs = timeMs;
    return { ...step, timeMs, eventId: uuidAt(timeMs, identity) };
  });
}

function kubernetesTime(timeMs: number): string {
  return `${new Date(timeMs).toISOString().slice(0, 19)}Z`;
}
