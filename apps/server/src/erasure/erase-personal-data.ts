import { type Principal, personalDataErased } from '@audit/datastorage/server';
import type { PersonalDataErasureResponse } from '@audit/schema';
import { uuidv7 } from 'uuidv7';
import type { OwnEvent, OwnEventWriter } from '../own-events/own-event-writer.ts';
import type { Database } from '../store/database.ts';
import { readQuery } from '../store/sql.ts';

/** Which personal data to erase: every member with a value, or one member of one event. */
export type PersonalDataSelector =
  | { readonly subject: string }
  | { readonly eventId: string; readonly pointer: string };

/** A wish to erase. */
export interface ErasureRequest {
  readonly selector: PersonalDataSelector;
  readonly reason: string;
  readonly despiteHold: boolean;
  readonly principal: Principal;
}

/** What became of it. */
export type ErasureResult =
  | { readonly outcome: 'erased'; readonly receipt: PersonalDataErasureResponse }
  | { readonly outcome: 'all_held'; readonly members: number }
  | { readonly outcome: 'nothing_found' };

/** Erases personal data of a log. */
export type ErasePersonalData = (request: ErasureRequest) => Promise<ErasureResult>;

/** What {@link createErasure} needs. */
export interface ErasureOptions {
  readonly database: Database;
  readonly logId: string;
  readonly ownEvents: OwnEventWriter;
  /** Members of one erasure event; at most 1,000, default 500. */
  readonly batchMembers?: number;
}

interface Member {
  readonly sequence: number;
  readonly pointer: string;
}

interface FoundMembers {
  readonly erasable: readonly Member[];
  readonly kept: number;
}

const findPersonalData = readQuery('find-personal-data');
const refusalsMax = 3;

/** Creates the erasure of a log. An erasure is what its events say, so here only events are written. */
export function createErasure(options: ErasureOptions): ErasePersonalData {
  return async (request) => {
    const found = await findMembers(request, options);
    if (found.erasable.length > 0) return eraseAll(found, request, options);
    return found.kept > 0 ? { outcome: 'all_held', members: found.kept } : { outcome: 'nothing_found' };
  };
}

async function eraseAll(
  first: FoundMembers,
  request: ErasureRequest,
  options: ErasureOptions,
): Promise<ErasureResult> {
  const requestId = uuidv7();
  const events: OwnEvent[] = [];
  const erased: Member[] = [];
  let found = first;
  let refusals = 0;
  while (found.erasable.length > 0 && refusals < refusalsMax) {
    const members = found.erasable.slice(0, options.batchMembers ?? 500);
    const event = await eraseBatch(members, found.kept, requestId, request, options);
    if (event === undefined) {
      // A hold was placed, or a member erased by another request, since they were found: look again.
      refusals += 1;
      found = await findMembers(request, options);
      continue;
    }
    events.push(event);
    erased.push(...members);
    found = { ...found, erasable: found.erasable.slice(members.length) };
  }
  return summary({ requestId, events, erased, found, request });
}

async function eraseBatch(
  members: readonly Member[],
  membersKeptUnderHold: number,
  requestId: string,
  { principal, reason, despiteHold }: ErasureRequest,
  { logId, ownEvents }: ErasureOptions,
): Promise<OwnEvent | undefined> {
  const input = { principal, logId, requestId, reason, despiteHold, membersKeptUnderHold };
  const result = await ownEvents.record(personalDataErased({ ...input, members: [...members] }));
  return result.outcome === 'recorded' ? result.event : undefined;
}

interface Summary {
  readonly requestId: string;
  readonly events: readonly OwnEvent[];
  readonly erased: readonly Member[];
  readonly found: FoundMembers;
  readonly request: ErasureRequest;
}

function summary({ requestId, events, erased, found, request }: Summary): ErasureResult {
  const last = events.at(-1);
  if (last === undefined) {
    const members = found.kept + found.erasable.length;
    return members > 0 ? { outcome: 'all_held', members } : { outcome: 'nothing_found' };
  }
  const receipt = {
    request_id: requestId,
    members_erased: erased.length,
    records_affected: new Set(erased.map((member) => member.sequence)).size,
    members_kept_under_hold: found.kept,
    erased_by: request.principal.id,
    erased_at: last.eventTimestamp,
    event_ids: events.map((event) => event.eventId),
  };
  return { outcome: 'erased', receipt };
}

async function findMembers(request: ErasureRequest, options: ErasureOptions): Promise<FoundMembers> {
  const { selector, despiteHold } = request;
  const [subject, eventId, pointer] =
    'subject' in selector ? [selector.subject, null, null] : [null, selector.eventId, selector.pointer];
  const rows = await options.database.query<{ sequence: string; pointer: string; is_held: boolean }>(
    findPersonalData,
    [options.logId, subject, eventId, pointer],
  );
  const erasable = rows.filter((row) => despiteHold || !row.is_held);
  return {
    erasable: erasable.map((row) => ({ sequence: Number(row.sequence), pointer: row.pointer })),
    kept: rows.length - erasable.length,
  };
}
