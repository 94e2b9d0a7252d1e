import { CommandFailure } from '../command-failure.ts';

/** Makes the failure of a request that got no answer. */
export function unreachable(url: URL, error: unknown): CommandFailure {
  return new CommandFailure('notReached', `cannot reach ${url.href}: ${reasonOf(error)}`, { cause: error });
}

// fetch says "fetch failed" and hides the reason, such as ECONNREFUSED, in its cause.
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.cause instanceof Error) return reasonOf(error.cause);
  return 'code' in error && typeof error.code === 'string' ? error.code : error.message;
}
