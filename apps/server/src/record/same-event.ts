import { isDeepStrictEqual } from 'node:util';

import type { PreparedEvent } from './prepare-event.ts';
import type { StoredDisclosure } from './read-disclosures.ts';
import { revealPersonalData } from './reveal-personal-data.ts';

const serverMembers = ['event_id', 'log_id', 'sequence', 'received_at', 'previous_event_hash', '_sd_alg'];

/** Tells whether an event says the same as the record stored under its id, whatever the order of its members. */
export function isSameEvent(
  event: PreparedEvent,
  record: string,
  disclosures: readonly StoredDisclosure[],
): boolean {
  const stored = JSON.parse(revealPersonalData(record, disclosures)) as Record<string, unknown>;
  for (const member of serverMembers) delete stored[member];
  return isDeepStrictEqual(stored, throughJson(event.members));
}

/** Tells whether two events, both not yet stored, say the same. */
export function saysTheSame(event: PreparedEvent, other: PreparedEvent): boolean {
  return isDeepStrictEqual(throughJson(event.members), throughJson(other.members));
}

// JSON has no negative zero and no undefined members: what is stored has gone through it, so must what is compared.
function throughJson(members: object): unknown {
  return JSON.parse(JSON.stringify(members));
}
