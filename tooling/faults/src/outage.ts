import { setTimeout as sleep } from 'node:timers/promises';
import type { Random } from './random.ts';

/** Options of {@link waitThroughOutage}. */
export interface OutageOptions {
  readonly random: Random;
  /** Milliseconds that PostgreSQL is away, at least and at most. */
  readonly outageMs: readonly [min: number, max: number];
  /** Whether the outage goes on until the server has answered 202. */
  readonly untilSpooled: boolean;
  readonly answers: ReadonlyMap<string, number>;
}

const pollMs = 20;
const spooledTimeoutMs = 10_000;

/** Waits as long as PostgreSQL is to be away. */
export async function waitThroughOutage(options: OutageOptions): Promise<void> {
  const { random, outageMs, untilSpooled, answers } = options;
  const spooled = () => answers.get('202') ?? 0;
  const before = spooled();
  await sleep(random.integer(...outageMs));
  if (!untilSpooled) return;
  // When everything is delivered already, there is nothing to be spooled.
  const endMs = performance.now() + spooledTimeoutMs;
  while (spooled() === before && performance.now() < endMs) await sleep(pollMs);
}
