import type { EventDraft } from '@audit/schema';
import type { OwnEvent, OwnEventWriter } from './own-event-writer.ts';

/** Stores an event of the server that only tells. Nothing follows from it, so the database has no reason to refuse it. */
export async function tell(ownEvents: OwnEventWriter, draft: EventDraft): Promise<OwnEvent> {
  const result = await ownEvents.record(draft);
  if (result.outcome === 'recorded') return result.event;
  throw new Error(`the database refuses ${draft.event_type}, which does nothing: ${result.refusal}`);
}
