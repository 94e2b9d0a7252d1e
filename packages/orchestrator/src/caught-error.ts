/** Reads a member of something that was caught, which can be anything; undefined when it has no members. */
export function memberOf(caught: unknown, name: string): unknown {
  return typeof caught === 'object' && caught !== null ? Reflect.get(caught, name) : undefined;
}

/** The words of something that was caught; empty when it has none. */
export function messageOf(caught: unknown): string {
  const message = typeof caught === 'string' ? caught : memberOf(caught, 'message');
  return typeof message === 'string' ? message : '';
}
