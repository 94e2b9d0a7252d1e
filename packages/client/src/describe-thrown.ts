import { describeReceived } from '@audit/schema';

/** Says what was thrown, which can be anything, in a few words. */
export function describeThrown(thrown: unknown): string {
  if (!(thrown instanceof Error)) return describeReceived(thrown);
  // fetch hides the reason, such as ECONNREFUSED, in the cause of its TypeError.
  return thrown.cause instanceof Error ? `${thrown.message} (${thrown.cause.message})` : thrown.message;
}
