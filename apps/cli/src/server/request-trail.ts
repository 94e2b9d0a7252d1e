import { readTrail, type Trail, type TrailEvent } from '@audit/trail';
import { CommandFailure } from '../command-failure.ts';
import type { ServerAccess } from '../options/server-options.ts';
import { safeParseMembers } from '../safe-parse-members.ts';
import { requestEvents } from './request-events.ts';

/** A trail as a server has it. */
export interface ServedTrail {
  readonly trail: Trail;
  /** Number of records of the correlation that were purged. */
  readonly purged: number;
}

/**
 * Asks for every event of a correlation and reads them as a story.
 * @throws {CommandFailure} `usage` when there is none, else as `requestEvents`
 */
export async function requestTrail(
  server: ServerAccess,
  correlationId: string,
  { nowMs, signal }: { readonly nowMs: number; readonly signal: AbortSignal },
): Promise<ServedTrail> {
  if (correlationId === '') throw new CommandFailure('usage', 'which correlation? It is empty');
  const filters = new URLSearchParams({ correlation_id: correlationId });
  const { records, purged } = await requestEvents(server, { filters, order: 'asc', signal });
  if (records.length === 0) throw new CommandFailure('usage', nothingOf(correlationId, purged));
  // A trail is read from whatever members there are.
  const events = records.map(({ text }) => safeParseMembers(text) as unknown as TrailEvent);
  return { trail: readTrail(events, { nowMs }), purged };
}

function nothingOf(correlationId: string, purged: number): string {
  if (purged > 0) return `every record of correlation ${correlationId} was purged, ${purged} in all`;
  return `the server has no event of correlation ${correlationId}; "audit query --since 1h" shows what there is`;
}
