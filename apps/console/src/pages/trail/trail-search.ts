/** What the address of a trail says besides its correlation. */
export interface TrailSearch {
  /** Id of the event that is opened. */
  readonly event?: string;
  /** Correlation that it is compared with. */
  readonly with?: string;
}

/** Reads the search of an address; what cannot be meant is left out. */
export function readTrailSearch(search: Readonly<Record<string, unknown>>): TrailSearch {
  const event = textOf(search.event);
  const other = textOf(search.with);
  return { ...(event !== undefined && { event }), ...(other !== undefined && { with: other }) };
}

// The router reads a bare number of an address as a number.
function textOf(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value !== '' ? value : undefined;
}
