import { setTimeout as sleep } from 'node:timers/promises';
import type { Random } from './random.ts';
import type { KillKind, Victim } from './victim.ts';

/** Options of {@link killAtRandom}. */
export interface KillerOptions {
  readonly random: Random;
  readonly kills: number;
  readonly victims: readonly Victim[];
  /** Kinds to kill; shuffled anew when each has had its turn. */
  readonly kinds: readonly KillKind[];
  /** Share of the events that are emitted, from 0 to 1; the kills are spread over it. */
  readonly progress: () => number;
  /** Resolves when a request is under way to the server. */
  readonly nextForward: () => Promise<unknown>;
  /** Resolves when PostgreSQL may start again. */
  readonly outage: () => Promise<void>;
  /** Told of every kill. */
  readonly onKill: (line: string) => void;
}

const pollMs = 10;
const forwardTimeoutMs = 1_000;

/** Kills at random moments until all kills are done; returns how often each kind was killed. */
export async function killAtRandom(options: KillerOptions): Promise<Record<KillKind, number>> {
  const { random, kills, victims, kinds, progress } = options;
  const counts = { producer: 0, server: 0, postgresql: 0 };
  const moments = Array.from({ length: kills }, (_, index) => (index + random.fraction()) / (kills + 1));
  let deck: KillKind[] = [];
  for (const moment of moments) {
    while (progress() < moment) await sleep(pollMs);
    if (deck.length === 0) deck = random.shuffle(kinds);
    const kind = deck.pop();
    if (kind === undefined) break;
    const victim = await nextUp(random.shuffle(victims.filter((candidate) => candidate.kind === kind)));
    await chooseMoment(kind, options);
    await victim.kill(kind === 'postgresql' ? options.outage : () => sleep(deadMs(random)));
    counts[kind] += 1;
    options.onKill(`kill ${counts.producer + counts.server + counts.postgresql} of ${kills}: ${kind}`);
  }
  await Promise.all(victims.map((victim) => victim.up()));
  return counts;
}

// Mostly a process is started again at once; sometimes somebody has to see first that it is dead.
function deadMs(random: Random): number {
  return random.chance(0.1) ? random.integer(500, 2_000) : random.integer(0, 200);
}

async function nextUp(victims: readonly Victim[]): Promise<Victim> {
  for (;;) {
    const victim = victims.find((candidate) => candidate.isUp);
    if (victim !== undefined) return victim;
    await Promise.race(victims.map((candidate) => candidate.up()));
    await sleep(0);
  }
}

// The interesting moments of a server and its database are those with a request under way.
async function chooseMoment(kind: KillKind, { random, nextForward }: KillerOptions): Promise<void> {
  const isDuringRequest = kind !== 'producer' && random.chance(0.7);
  if (isDuringRequest) await Promise.race([nextForward(), sleep(forwardTimeoutMs)]);
  await sleep(random.integer(0, 20));
}
