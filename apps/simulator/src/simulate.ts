import { setTimeout as sleep } from 'node:timers/promises';
import { type AuditClient, createAuditApi, createAuditClient } from '@audit/client';
import { type PlannedScenario, planScenarios, scenarioMsMax } from './plan.ts';
import { playScenario } from './play-scenario.ts';
import { ServerUnreachableError } from './server-unreachable-error.ts';

/** Options of {@link simulate}. */
export interface SimulationOptions {
  /** Address of the server. */
  readonly url: string;
  /** Number of remediations. */
  readonly remediations: number;
  /** Decides what is played: the same seed, the same story. */
  readonly seed: string;
  /** Remediations started per second; default as fast as the server takes them. */
  readonly ratePerSecond?: number;
  /**
   * When the first remediation starts, in milliseconds since 1970; default so long ago that all have ended by now.
   * With the same seed and start time every event is the same, id included, and is stored once.
   */
  readonly startTimeMs?: number;
  /** Called after every scenario with the number of remediations played. */
  readonly onProgress?: (remediations: number) => void;
}

/** What was played and what became of it. */
export interface SimulationReport {
  readonly scenarios: readonly PlayedScenario[];
  readonly emitted: number;
  readonly acknowledged: number;
  readonly dead: number;
  /** Why the first dead event was refused. */
  readonly deadDetail?: string;
  readonly seconds: number;
}

/** A scenario of the plan, by the names it got. */
export interface PlayedScenario {
  readonly name: string;
  readonly endsIn: 'success' | 'failure';
  readonly correlationIds: readonly string[];
}

/**
 * Plays remediations against a server and waits until it has acknowledged them.
 * @throws {ServerUnreachableError} when the server cannot be reached, before or during the play
 * @throws {AuditError} `invalid_configuration` when the url cannot be used
 */
export async function simulate(options: SimulationOptions): Promise<SimulationReport> {
  const startedMs = Date.now();
  await assertReachable(options.url);
  const client = createAuditClient({ url: options.url, durability: 'memory' });
  try {
    const scenarios = await play(client, options, startedMs);
    await deliver(client, options.url);
    const { emitted, acknowledged, dead } = client.metrics();
    const [firstDead] = await client.deadLetters();
    const seconds = (Date.now() - startedMs) / 1000;
    const deadDetail = firstDead && { deadDetail: firstDead.detail };
    return { scenarios, emitted, acknowledged, dead, seconds, ...deadDetail };
  } finally {
    await client.close({ closeTimeoutMs: 0 });
  }
}

async function play(
  client: AuditClient,
  options: SimulationOptions,
  nowMs: number,
): Promise<readonly PlayedScenario[]> {
  const { url, seed, remediations, ratePerSecond, onProgress } = options;
  const spacingMs = 1000 / (ratePerSecond ?? 1);
  const startTimeMs = options.startTimeMs ?? defaultStartTimeMs(options, nowMs);
  const played: PlayedScenario[] = [];
  let count = 0;
  for (const planned of planScenarios({ seed, remediations, spacingMs, startTimeMs })) {
    playScenario(client, planned);
    played.push(toPlayed(planned));
    count += planned.remediations.length;
    onProgress?.(count);
    if (client.metrics().spooled > waitingEventsMax) await deliver(client, url);
    if (ratePerSecond !== undefined) await sleepUntil(nowMs + (count * 1000) / ratePerSecond);
  }
  return played;
}

async function sleepUntil(timeMs: number): Promise<void> {
  await sleep(Math.max(0, timeMs - Date.now()));
}

// Enough for full batches, and far below what the client's queue holds.
const waitingEventsMax = 5_000;

function defaultStartTimeMs({ remediations, ratePerSecond }: SimulationOptions, nowMs: number): number {
  const playMs = ratePerSecond === undefined ? remediations * 1000 : 0;
  return nowMs - playMs - scenarioMsMax;
}

function toPlayed({ scenario, remediations }: PlannedScenario): PlayedScenario {
  const { name, endsIn } = scenario;
  return { name, endsIn, correlationIds: remediations.map(({ correlationId }) => correlationId) };
}

async function assertReachable(url: string): Promise<void> {
  const api = createAuditApi({ url });
  try {
    const { response } = await api.GET('/readyz');
    if (!response.ok) throw new ServerUnreachableError(url, `it answers ${response.status}`);
  } catch (error) {
    throw ServerUnreachableError.from(url, error);
  }
}

const patienceMs = 10_000;

// A flush gives up at the first failed attempt; a server that is away for a moment is worth some more.
async function deliver(client: AuditClient, url: string): Promise<void> {
  const deadlineMs = Date.now() + patienceMs;
  for (;;) {
    const { delivered, spooled } = await client.flush();
    if (delivered) return;
    if (Date.now() > deadlineMs) throw new ServerUnreachableError(url, `${spooled} events are not stored`);
    await sleep(500);
  }
}
