import { isDeepStrictEqual } from 'node:util';

import type { PreparedEvent } from './prepare-event.ts';
import type { StoredDisclosure } from './read-disclosures.ts';
import { revealPersonalData } from './reveal-personal-data.ts';

const serverMembers = ['event_id', 'log_id', 'sequence', 'received_at', 'previous_event_hash', '_sd_alg'];
// Who sends an event again, or makes the same one again, does it in another span.
const traceMembers = ['trace_id', 'span_id'];
const ignoredMembers = [...serverMembers, ...traceMembers];

/**
 * Tells whether an event says the same as the record stored under its id, whatever the order of its members and whatever
 * trace it was said in.
 */
export function isSameEvent(
  event: PreparedEvent,
  record: string,
  disclosures: readonly StoredDisclosure[],
): boolean {
  const stored = comparable(revealPersonalData(record, disclosures));
  return isDeepStrictEqual(stored, comparable(`${event.told}}`));
}

/** Tells whether two events, both not yet stored, say the same, whatever trace they were said in. */
export function saysTheSame(event: PreparedEvent, other: PreparedEvent): boolean {
  return isDeepStrictEqual(comparable(`${event.told}}`), comparable(`${other.told}}`));
}

// JSON has no negative zero and no undefined members: what is stored has gone through it, so must what is compared.
function comparable(text: string): object {
  const members = JSON.parse(text) as Record<string, unknown>;
  for (const member of ignoredMembers) delete members[member];
  return members;
}
