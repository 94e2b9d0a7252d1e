import { describeReceived } from '@audit/schema';

/** Says what was thrown, which can be anything, in a few words. */
export function describeThrown(thrown: unknown): string {
  return describeSafely(() => {
    if (!(thrown instanceof Error)) return describeReceived(thrown);
    // fetch hides the reason, such as ECONNREFUSED, in the cause of its TypeError.
    return thrown.cause instanceof Error ? `${thrown.message} (${thrown.cause.message})` : thrown.message;
  });
}

/** Describes a value; also one whose inspection throws, such as a revoked proxy. */
export function describeSafely(describe: () => string): string {
  try {
    return describe();
  } catch {
    // What it throws is as unreadable as the value: there is no more to say.
    return 'something that cannot be read';
  }
}
