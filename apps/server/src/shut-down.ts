import { setTimeout as delay } from 'node:timers/promises';
import type { FastifyBaseLogger } from 'fastify';

/** One step of ending a server. */
export interface ShutdownStep {
  readonly name: string;
  /** @param milliseconds after which it should have ended */
  readonly run: (milliseconds: number) => Promise<unknown>;
}

/** Options of {@link shutDown}. */
export interface ShutdownOptions {
  /** Longest time that all steps together may take, in milliseconds. */
  readonly timeoutMs: number;
  readonly logger: FastifyBaseLogger;
}

/**
 * Ends a server step by step. Each step is asked to end in half of the time that is left, and abandoned soon after, so
 * that one that fails or hangs keeps none of the others from its work.
 * @throws {AggregateError} naming the steps that failed, after the last
 */
export async function shutDown(
  steps: readonly ShutdownStep[],
  { timeoutMs, logger }: ShutdownOptions,
): Promise<void> {
  const end = performance.now() + timeoutMs;
  const failures: Error[] = [];
  for (const { name, run } of steps) {
    const leftMs = Math.max(0, end - performance.now());
    try {
      await inTime(run(leftMs * askedShare), leftMs * grantedShare);
    } catch (cause) {
      logger.error({ err: cause, step: name }, 'a step of the shutdown failed');
      failures.push(new Error(`${name} failed`, { cause }));
    }
  }
  if (failures.length > 0) {
    throw new AggregateError(failures, failures.map(({ message }) => message).join(', '));
  }
}

const askedShare = 0.5;
const grantedShare = 0.75;

async function inTime(work: Promise<unknown>, milliseconds: number): Promise<void> {
  const done = new AbortController();
  const late = delay(milliseconds, undefined, { signal: done.signal }).then(
    () => {
      throw new Error(`not done after ${Math.round(milliseconds)} ms`);
    },
    () => {
      // The work was done first.
    },
  );
  try {
    await Promise.race([work, late]);
  } finally {
    done.abort();
  }
}
