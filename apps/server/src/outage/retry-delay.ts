const firstMs = 50;
const longestMs = 1_000;

/**
 * Milliseconds before an attempt to reach the database; none before the first, since a lost connection is often all
 * there is. One attempt a second costs a database nothing and finds it soon.
 */
export function retryDelayMs(attempt: number): number {
  return attempt === 0 ? 0 : Math.min(longestMs, firstMs * 2 ** (attempt - 1));
}
