import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkExport } from './check-export.ts';
import { checkRun, type Verdict } from './check-run.ts';
import { type Damage, damageSpool } from './damage-spool.ts';
import type { FaultKind } from './fault-kinds.ts';
import { startFaultProxy } from './fault-proxy.ts';
import { killAtRandom } from './killer.ts';
import { waitThroughOutage } from './outage.ts';
import { type ProducerProcess, startProducer } from './producer-process.ts';
import type { ProducerReport } from './producer-settings.ts';
import { createRandom } from './random.ts';
import { type Scenario, type ScenarioName, scenarios } from './scenarios.ts';
import { type Service, startService } from './service.ts';
import { settleServer } from './settle-server.ts';
import { createVictim, type KillKind, type Victim } from './victim.ts';

/** How long and how hard a scenario is run. */
export interface RunOptions {
  readonly scenario: ScenarioName;
  readonly seed: number;
  readonly events: number;
  readonly kills: number;
  /** Events a second of all producers together; default the scenario's. */
  readonly eventsPerSecond?: number;
  /** PostgreSQL for scenarios that do not kill it; default one of its own. */
  readonly postgresUrl?: string;
  /** Told what happens, for somebody who waits; default nobody. */
  readonly onProgress?: (line: string) => void;
}

/** What happened in a run. */
export interface RunReport extends Verdict {
  readonly scenario: ScenarioName;
  readonly seed: number;
  readonly seconds: number;
  readonly kills: Readonly<Record<KillKind, number>>;
  /** What was done to the spools of dead producers. */
  readonly damages: readonly Damage[];
  readonly faults: Readonly<Record<FaultKind, number>>;
  readonly answers: ReadonlyMap<string, number>;
  /** Metrics of the producers' last lives. */
  readonly producers: readonly ProducerReport[];
}

/** Runs a scenario: everything up, everything down at random, the rest delivered, all of it compared. */
export async function runScenario(options: RunOptions): Promise<RunReport> {
  const startMs = performance.now();
  const scenario: Scenario = scenarios[options.scenario];
  const directory = mkdtempSync(join(tmpdir(), 'audit-faults-'));
  const { replicas } = scenario;
  const service = await startService({ directory, replicas, postgresUrl: options.postgresUrl });
  try {
    const faced = await faceFaults(options, service, directory);
    const keptBack = await settleServer(service);
    const verdict = await checkRun({
      ...placesOf(directory),
      producers: scenario.producers,
      ...(keptBack !== undefined && { keptBack }),
      serverOwnEnds: sum(service.servers.map(({ ownEnds }) => ownEnds)),
      mayReject: scenario.diskFaultShare > 0,
      eventsPerProducer: eventsPerProducer(options),
      databaseUrl: service.databaseUrl,
      damages: faced.damages,
    });
    const findings = [...verdict.findings, ...(await checkExport(service, verdict.counts.stored))];
    const seconds = (performance.now() - startMs) / 1_000;
    return { ...faced, ...verdict, findings, scenario: options.scenario, seed: options.seed, seconds };
  } finally {
    await service.stop();
    rmSync(directory, { recursive: true, force: true });
  }
}

type Faced = Pick<RunReport, 'kills' | 'damages' | 'faults' | 'answers' | 'producers'>;

async function faceFaults(options: RunOptions, service: Service, directory: string): Promise<Faced> {
  const { cleanPerFault, outageMs, requestTimeoutMs, untilSpooled, victims }: Scenario =
    scenarios[options.scenario];
  const { tokenPath } = placesOf(directory);
  const proxy = await startFaultProxy({
    upstreamUrls: service.urls,
    random: createRandom(options.seed, 'proxy'),
    cleanPerFault,
    requestTimeoutMs,
    // In one step: a producer must never read half a token.
    onToken: (token) => {
      writeFileSync(`${tokenPath}.next`, token);
      renameSync(`${tokenPath}.next`, tokenPath);
    },
  });
  const outageRandom = createRandom(options.seed, 'outage');
  const producers = startProducers(options, proxy.url, directory);
  const damages: Damage[] = [];
  try {
    const kills = await killAtRandom({
      random: createRandom(options.seed, 'killer'),
      kills: options.kills,
      victims: victimsOf(options, service, producers, damages),
      kinds: victims,
      progress: () => sum(producers.map((producer) => producer.emitted())) / options.events,
      outage: () =>
        waitThroughOutage({ random: outageRandom, outageMs, untilSpooled, answers: proxy.answers }),
      nextForward: () => proxy.nextForward(),
      onKill: (line) => options.onProgress?.(line),
    });
    proxy.heal();
    options.onProgress?.('no more faults; delivering the rest');
    const reports = await Promise.all(producers.map((producer) => producer.finish()));
    return { kills, damages, faults: proxy.faults, answers: proxy.answers, producers: reports };
  } finally {
    await Promise.all(producers.map((producer) => producer.end()));
    await proxy.close();
  }
}

function startProducers(options: RunOptions, url: string, directory: string): ProducerProcess[] {
  const scenario: Scenario = scenarios[options.scenario];
  const { tokenPath, spoolRoot, ledgerPath } = placesOf(directory);
  mkdirSync(spoolRoot);
  return Array.from({ length: scenario.producers }, (_, producer) =>
    startProducer({
      seed: options.seed,
      producer,
      url,
      tokenPath,
      spoolRoot,
      ledgerPath: ledgerPath(producer),
      events: eventsPerProducer(options),
      eventsPerSecond: (options.eventsPerSecond ?? scenario.eventsPerSecond) / scenario.producers,
      batchEventsMax: scenario.batchEventsMax,
      requestTimeoutMs: scenario.requestTimeoutMs,
      durability: scenario.durability,
      clockJumps: scenario.clockJumps,
      segmentBytes: scenario.segmentBytes,
      diskFaultShare: scenario.diskFaultShare,
    }),
  );
}

function victimsOf(
  { scenario, seed }: RunOptions,
  { servers, postgresql }: Service,
  producers: readonly ProducerProcess[],
  damages: Damage[],
): Victim[] {
  const random = createRandom(seed, 'damage');
  const { isDamaged }: Scenario = scenarios[scenario];
  return [
    ...servers,
    postgresql,
    ...producers.map((producer) =>
      createVictim({
        kind: 'producer',
        kill: () => producer.kill(),
        restart: async () => producer.restart(),
        whileDead: async () => {
          if (isDamaged) damages.push(...damageSpool(producer.spoolDirectory, random));
        },
      }),
    ),
  ];
}

function placesOf(directory: string) {
  return {
    tokenPath: join(directory, 'token'),
    spoolRoot: join(directory, 'spools'),
    ledgerPath: (producer: number) => join(directory, `producer-${producer}.ledger`),
  };
}

function eventsPerProducer({ scenario, events }: RunOptions): number {
  return Math.ceil(events / scenarios[scenario].producers);
}

function sum(figures: readonly number[]): number {
  return figures.reduce((total, figure) => total + figure, 0);
}
