import { readFileSync } from 'node:fs';
import { uuidv7 } from 'uuidv7';

const example = new URL(
  '../../../specs/examples/workflowexecution.workflow.failed.valid.json',
  import.meta.url,
);
const eventsPerCorrelation = 25;

/**
 * Writes batches of realistic events, each with an id of its own, as request bodies.
 * @param firstEvent number of the first event; 25 in turn are of one correlation
 */
export function sampleBodies(batches: number, eventsPerBatch: number, firstEvent = 0): Buffer[] {
  const event = JSON.parse(readFileSync(example, 'utf8')) as object;
  let count = firstEvent;
  return Array.from({ length: batches }, () => {
    const events = Array.from({ length: eventsPerBatch }, () => {
      const correlation = `rr-${Math.floor(count++ / eventsPerCorrelation)
        .toString(16)
        .padStart(12, '0')}`;
      return { ...event, event_id: uuidv7(), correlation_id: correlation };
    });
    return Buffer.from(JSON.stringify(events));
  });
}
