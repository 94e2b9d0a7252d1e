import { readdirSync, readFileSync } from 'node:fs';
import { uuidv7 } from 'uuidv7';

const examples = new URL('../../../specs/examples/', import.meta.url);
const eventsPerBatch = 500;
const eventsPerCorrelation = 25;

/** Events to write into bodies. */
export interface MixedEvents {
  /** Number of the first event; 25 in turn are of one correlation. */
  readonly begin: number;
  readonly end: number;
  /** When an event happened, in milliseconds since 1970. */
  readonly timeOf: (event: number) => number;
}

/** Writes batches of the events of all services in turn, each with a time of its own, as request bodies. */
export function mixedBodies({ begin, end, timeOf }: MixedEvents): Buffer[] {
  const drafts = producedExamples();
  const eventOf = (event: number) => ({
    ...drafts[event % drafts.length],
    event_id: uuidv7(),
    correlation_id: `rr-${Math.floor(event / eventsPerCorrelation)
      .toString(16)
      .padStart(12, '0')}`,
    event_timestamp: new Date(timeOf(event)).toISOString(),
  });
  return batched(Array.from({ length: end - begin }, (_, index) => eventOf(begin + index)));
}

/** Writes batches of changes of phase of one correlation, a tenth of a second after each other, as request bodies. */
export function longTrailBodies(correlationId: string, events: number, startMs: number): Buffer[] {
  const draft = readExample('orchestrator.lifecycle.transitioned.valid.json');
  return batched(
    Array.from({ length: events }, (_, event) => ({
      ...draft,
      event_id: uuidv7(),
      correlation_id: correlationId,
      event_timestamp: new Date(startMs + event * 100).toISOString(),
    })),
  );
}

// Events of the service itself are not taken from others.
function producedExamples(): readonly object[] {
  return readdirSync(examples)
    .filter((name) => name.endsWith('.valid.json') && !name.startsWith('datastorage.'))
    .map(readExample);
}

function readExample(name: string): object {
  // The id is given anew, and a parent would be in another correlation.
  const { parent_event_id: _, ...event } = JSON.parse(readFileSync(new URL(name, examples), 'utf8'));
  return event;
}

function batched(events: readonly object[]): Buffer[] {
  return Array.from({ length: Math.ceil(events.length / eventsPerBatch) }, (_, batch) =>
    Buffer.from(JSON.stringify(events.slice(batch * eventsPerBatch, (batch + 1) * eventsPerBatch))),
  );
}
