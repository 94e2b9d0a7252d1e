import { legalHoldPlaced, legalHoldReleased, type Principal } from '@audit/datastorage/server';
import type { LegalHold, LegalHoldsResponse, RequestOf } from '@audit/schema';
import type { OwnEventWriter } from '../own-events/own-event-writer.ts';
import { writeCursor } from '../query/cursor.ts';
import type { Database } from '../store/database.ts';
import {
  countHoldable,
  countHolds,
  findActiveHold,
  findHoldOfEvent,
  type HoldQuery,
  listHolds,
} from './hold-store.ts';

/** What became of the wish to place a hold. */
export type HoldPlacement =
  | { readonly outcome: 'placed'; readonly hold: LegalHold }
  | { readonly outcome: 'held_already' }
  | { readonly outcome: 'nothing_to_hold' };

/** What became of the wish to release a hold. */
export type HoldRelease =
  | { readonly outcome: 'released'; readonly hold: LegalHold }
  | { readonly outcome: 'not_held' };

/** The legal holds of a log. */
export interface LegalHolds {
  place(request: RequestOf<'legalHold'>, principal: Principal): Promise<HoldPlacement>;
  release(correlationId: string, reason: string, principal: Principal): Promise<HoldRelease>;
  list(query: HoldQuery): Promise<LegalHoldsResponse>;
}

/** What {@link createLegalHolds} needs. */
export interface LegalHoldsOptions {
  readonly database: Database;
  readonly logId: string;
  readonly ownEvents: OwnEventWriter;
}

/** Places, releases and lists legal holds. A hold is what its event says, so here only events are written. */
export function createLegalHolds({ database, logId, ownEvents }: LegalHoldsOptions): LegalHolds {
  return {
    async place({ correlation_id: correlationId, reason }, principal) {
      if ((await countHoldable(database, logId, correlationId)) === 0) return { outcome: 'nothing_to_hold' };
      // The database decides, under its lock: whoever looked first may be too late.
      const result = await ownEvents.record(legalHoldPlaced({ principal, correlationId, reason }));
      if (result.outcome === 'refused') {
        return { outcome: result.refusal === 'nothing_there' ? 'nothing_to_hold' : 'held_already' };
      }
      return { outcome: 'placed', hold: await findHoldOfEvent(database, logId, result.event.eventId) };
    },

    async release(correlationId, releaseReason, principal) {
      const active = await findActiveHold(database, logId, correlationId);
      if (active === undefined) return { outcome: 'not_held' };
      const holdSequence = active.placed_sequence;
      const draft = legalHoldReleased({ principal, correlationId, releaseReason, holdSequence });
      const result = await ownEvents.record(draft);
      if (result.outcome === 'refused') return { outcome: 'not_held' };
      return { outcome: 'released', hold: await findHoldOfEvent(database, logId, result.event.eventId) };
    },

    async list(query) {
      const found = await listHolds(database, logId, { ...query, limit: query.limit + 1 });
      const holds = found.slice(0, query.limit);
      const last = holds.at(-1);
      const hasMore = found.length > query.limit && last !== undefined;
      return {
        holds,
        total: await countHolds(database, logId, query.includeReleased),
        next_cursor: hasMore ? writeCursor('desc', last.placed_sequence) : null,
      };
    },
  };
}
