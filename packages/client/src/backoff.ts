/** What the wait before a retry depends on. */
export interface BackoffOptions {
  /** Failed attempts in a row, at least 1. */
  readonly failures: number;
  readonly minMs: number;
  readonly maxMs: number;
  /** A number from 0 up to but not including 1. */
  readonly random: () => number;
}

/**
 * Computes the wait before the next attempt: full jitter over a bound that doubles with every failure, so that clients
 * that lost the server together do not return together.
 */
export function backoffMs({ failures, minMs, maxMs, random }: BackoffOptions): number {
  const boundMs = Math.min(maxMs, minMs * 2 ** (failures - 1));
  return Math.floor(random() * boundMs);
}
