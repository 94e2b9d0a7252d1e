import { type Principal, personalDataDisclosed } from '@audit/datastorage/server';
import type { EventDisclosures } from '@audit/schema';
import type { OwnEventWriter } from '../own-events/own-event-writer.ts';
import { tell } from '../own-events/tell.ts';
import { type FoundEvent, findEvent } from '../record/find-event.ts';
import type { Database } from '../store/database.ts';

/** Hands out the personal data of an event; undefined when the log has no record of it. */
export type DiscloseEvent = (eventId: string, principal: Principal) => Promise<EventDisclosures | undefined>;

/** What {@link createDisclosure} needs. */
export interface DisclosureOptions {
  readonly database: Database;
  readonly logId: string;
  readonly ownEvents: OwnEventWriter;
}

/** Creates the disclosure of a log. Nothing is handed out that no event tells of. */
export function createDisclosure({ database, logId, ownEvents }: DisclosureOptions): DiscloseEvent {
  return async (eventId, principal) => {
    const event = await findEvent(database, logId, eventId);
    if (event === undefined) return undefined;
    const pointers = event.disclosures.flatMap((each) => (each.disclosure === null ? [] : [each.pointer]));
    if (pointers.length === 0) return answer(event, logId);
    await tell(ownEvents, personalDataDisclosed({ principal, ...event, pointers }));
    // What was erased meanwhile is not handed out.
    const found = await findEvent(database, logId, eventId);
    return found === undefined ? undefined : answer(found, logId);
  };
}

function answer({ eventId, sequence, eventHash, disclosures }: FoundEvent, logId: string): EventDisclosures {
  return {
    event_id: eventId,
    log_id: logId,
    sequence,
    event_hash: eventHash,
    disclosures: disclosures.flatMap(({ pointer, disclosure }) =>
      disclosure === null ? [] : [{ pointer, disclosure }],
    ),
    erased: disclosures.flatMap(({ pointer, disclosure }) => (disclosure === null ? [pointer] : [])),
  };
}
