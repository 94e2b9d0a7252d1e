import { safeParseRecord } from './parse-record.ts';
import { type Failure, failureAt } from './report.ts';

/** How records refer to each other. */
export interface RelationsFound {
  /** Parents that are named but never came, with the first record that names each. */
  readonly unknownParents: readonly { readonly eventId: string; readonly sequence: number }[];
}

/**
 * Looks for event ids that come twice and for parents that never come. A parent may come after its child, since spools
 * drain in any order. It parses every record and keeps every event id.
 */
export class RecordRelations {
  readonly #eventIds = new Set<string>();
  readonly #awaited = new Map<string, number>();

  /** Takes the next record. */
  take(line: Uint8Array): Failure | undefined {
    const record = safeParseRecord(line);
    if (record === undefined) return undefined;
    const { eventId, sequence, members } = record;
    if (this.#eventIds.has(eventId)) {
      return failureAt('duplicate_event_id', `event ${eventId} came before`, { sequence });
    }
    this.#eventIds.add(eventId);
    this.#awaited.delete(eventId);
    const { parent_event_id: written } = members;
    const parent = typeof written === 'string' ? written.toLowerCase() : undefined;
    if (parent !== undefined && !this.#eventIds.has(parent) && !this.#awaited.has(parent)) {
      this.#awaited.set(parent, sequence);
    }
    return undefined;
  }

  /** What was found up to now. */
  found(): RelationsFound {
    return { unknownParents: [...this.#awaited].map(([eventId, sequence]) => ({ eventId, sequence })) };
  }
}
