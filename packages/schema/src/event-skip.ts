/** What a builder returns instead of an event when the audit policy says that there is nothing to record. */
export interface EventSkip {
  /** Why, for logs and tests. */
  readonly skipped: string;
}

/** Says that there is nothing to record, and why. */
export function skipEvent(reason: string): EventSkip {
  return { skipped: reason };
}

/** Tells whether a builder decided to record nothing. */
export function isEventSkip(result: object): result is EventSkip {
  return 'skipped' in result;
}
