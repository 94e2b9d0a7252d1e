import { inject } from 'vitest';

/** Members of a stored event that tests look at. */
export interface FoundEvent {
  readonly event_id: string;
  readonly correlation_id: string;
  readonly event_type: string;
}

/** The newest event that matches, as a query string says, of the server with the simulator's data or another. */
export async function findEvent(query: string, url: string = inject('serverUrl')): Promise<FoundEvent> {
  const response = await fetch(`${url}/api/v1/audit/events?limit=1&${query}`);
  const { data } = (await response.json()) as { readonly data: readonly FoundEvent[] }; // The contract's answer.
  const [event] = data;
  if (event === undefined) throw new Error(`no event matches ${query}`);
  return event;
}
