import type { PreparedEvent } from '../record/prepare-event.ts';
import type { StoredDisclosure } from '../record/read-disclosures.ts';
import { isSameEvent, saysTheSame } from '../record/same-event.ts';
import type { Submission, SubmissionResult } from './submission.ts';

/** An event found in the store. */
export interface StoredEvent {
  /** Empty when it was purged. */
  readonly record: string | null;
  readonly disclosures: readonly StoredDisclosure[];
}

/** Events that exist already, by id. */
export interface KnownEvents {
  readonly stored: ReadonlyMap<string, StoredEvent>;
  /** Events of commits that are under way. */
  readonly underway: ReadonlyMap<string, PreparedEvent>;
}

/** What one transaction writes, and what each submission is told when it commits. */
export interface CommitPlan {
  readonly events: readonly PreparedEvent[];
  readonly results: readonly SubmissionResult[];
}

/**
 * Decides which events of several submissions are new. An event that exists already, or comes earlier in the same
 * commit, is not written again; a submission with an id that is taken by other content contributes nothing.
 */
export function planCommit(submissions: readonly Submission[], known: KnownEvents): CommitPlan {
  const fresh = new Map<string, PreparedEvent>();
  const results = submissions.map((submission): SubmissionResult => {
    const added = new Map<string, PreparedEvent>();
    const indexes = submission.flatMap((event, index) => {
      const verdict = compare(event, known, added.get(event.eventId) ?? fresh.get(event.eventId));
      if (verdict === 'new') added.set(event.eventId, event);
      return verdict === 'conflict' ? [index] : [];
    });
    if (indexes.length > 0) return { outcome: 'conflict', indexes };
    for (const [eventId, event] of added) fresh.set(eventId, event);
    return { outcome: 'stored', added: added.size };
  });
  return { events: [...fresh.values()], results };
}

function compare(
  event: PreparedEvent,
  known: KnownEvents,
  earlier: PreparedEvent | undefined,
): 'new' | 'same' | 'conflict' {
  const stored = known.stored.get(event.eventId);
  // What was purged cannot be compared any more.
  if (stored?.record === null) return 'conflict';
  if (stored !== undefined)
    return isSameEvent(event, stored.record, stored.disclosures) ? 'same' : 'conflict';
  const sibling = earlier ?? known.underway.get(event.eventId);
  if (sibling !== undefined) return saysTheSame(event, sibling) ? 'same' : 'conflict';
  return 'new';
}
