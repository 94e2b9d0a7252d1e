import { hash } from 'node:crypto';
import type { Step } from './managers.ts';
import { createRandom, type Random, uuidAt } from './random.ts';
import type { RemediationScript, Scenario, Workload } from './scenario.ts';
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
    const scenario = pickScenario(choice, left);
    const remediations = pickWorkloads(choice, scenario.scripts.length).map((workload, index) =>
      planRemediation({ scenario, workload, index, startTimeMs, identity, choice }),
    );
    yield { scenario, remediations };
    left -= remediations.length;
    startTimeMs += settings.spacingMs;
  }
}

/** Longest time that a scenario takes, in milliseconds. */
export const scenarioMsMax = 605_000;

function pickScenario(choice: Random, remediationsMax: number): Scenario {
  const { scaleAfterOutOfMemory, ...others } = scenarios;
  const fitting = Object.values<Scenario>(others).filter(({ scripts }) => scripts.length <= remediationsMax);
  return choice.pick([scaleAfterOutOfMemory, ...fitting]);
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
  const { scenario, workload, index, startTimeMs, identity } = source;
  const { namespace, deployment } = workload;
  const fingerprint = hash('sha256', `${scenario.alert}:${namespace}:Deployment:${deployment}`);
  const remediationName = `rr-${fingerprint.slice(0, 12)}-${identity.hex(8)}`;
  const script: RemediationScript = scenario.scripts[index] ?? scenario.scripts[0];
  const steps = script({
    remediationName,
    remediationUid: uuidAt(startTimeMs, identity),
    executionUid: uuidAt(startTimeMs, identity),
    workload,
    time: (atSeconds) => kubernetesTime(startTimeMs + atSeconds * 1000),
  });
  return { correlationId: remediationName, steps: steps.map((step) => planStep(step, source)) };
}

function planStep(step: Step, { startTimeMs, identity, choice }: RemediationSource): PlannedStep {
  // A controller records a change some milliseconds after it is written.
  const timeMs = startTimeMs + step.atSeconds * 1000 + choice.integer(15, 900);
  return { ...step, timeMs, eventId: uuidAt(timeMs, identity) };
}

function kubernetesTime(timeMs: number): string {
  return `${new Date(timeMs).toISOString().slice(0, 19)}Z`;
}
