import { draftEvent, type EventDraft, workflowexecutionEvents } from '@audit/schema';

/** Which event it is: the count of its producer. Id and content follow from it, so the checker can make it again. */
export interface Identity {
  readonly producer: number;
  /** From 0; every event of a producer has the next one, over all its lives. */
  readonly counter: number;
}

/** A sample event, complete with id and time. */
export type SampleEvent = EventDraft<typeof workflowexecutionEvents.workflowStarted> & {
  readonly event_id: string;
  readonly event_timestamp: string;
};

const eventsPerCorrelation = 25;
const startMs = Date.UTC(2026, 0, 14);

/** Makes an event; the same identity gives the same event in every process. */
export function sampleEvent(identity: Identity): SampleEvent {
  const { producer, counter } = identity;
  const correlationId = `rr-${producer}-${Math.floor(counter / eventsPerCorrelation)}`;
  const draft = draftEvent(workflowexecutionEvents.workflowStarted, {
    event_outcome: 'success',
    correlation_id: isPoison(counter) ? '' : correlationId,
    event_data: {
      workflow_id: 'da7f739f-6271-4846-9eea-b537a6f7a435',
      workflow_version: `${producer}.${counter}`,
      target_resource: `payments/Deployment/${filling(identity)}`,
      phase: 'Running',
      container_image: 'registry.example.com/workflows/increase-memory:1.2.0',
      execution_name: `wfe-${correlationId}`,
    },
  });
  return {
    ...draft,
    event_id: eventIdOf(identity),
    event_timestamp: new Date(startMs + counter).toISOString(),
  };
}

/** Whether the event is one that the server refuses: its correlation id is empty. It has to become a dead letter. */
export function isPoison(counter: number): boolean {
  return counter % 499 === 13;
}

const idForm = /^00000000-0000-8([0-9a-f]{3})-8000-([0-9a-f]{12})$/;

/** Writes an identity as event id, a UUIDv8 (RFC 9562, section 5.8). */
export function eventIdOf({ producer, counter }: Identity): string {
  return `00000000-0000-8${hex(producer, 3)}-8000-${hex(counter, 12)}`;
}

/** Reads an identity back from an event id; undefined for an id that no producer made. */
export function identityOf(eventId: string): Identity | undefined {
  const [, producer, counter] = idForm.exec(eventId) ?? [];
  if (producer === undefined || counter === undefined) return undefined;
  return { producer: Number.parseInt(producer, 16), counter: Number.parseInt(counter, 16) };
}

function hex(value: number, digits: number): string {
  return value.toString(16).padStart(digits, '0');
}

// Texts of other lengths and of characters of one to four bytes: what mixes up bytes of neighbours shows itself.
function filling({ producer, counter }: Identity): string {
  const unit = `${producer}/${counter} ä€🙂 `;
  const isLong = counter % 211 === 7;
  return unit.repeat(1 + ((counter * 7) % 23) + (isLong ? 600 : 0)).trim();
}
