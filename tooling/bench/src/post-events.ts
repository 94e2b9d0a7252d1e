import { secondsOf } from './measure.ts';
import { postBodies } from './post-bodies.ts';
import { sampleBodies } from './sample-bodies.ts';

const eventsPerBatch = 500;
const batchesAtOnce = 100;
const connections = 16;

/**
 * Stores the events from one number to another through the service, which is the fastest way to a log that verifies: COPY
 * alone is less than twice as fast and makes no tree. Bodies are written between the stretches, so any number fits in memory.
 * @returns the seconds that the service took
 */
export async function postEvents(url: string, begin: number, end: number): Promise<number> {
  let seconds = 0;
  for (let event = begin; event < end; event += batchesAtOnce * eventsPerBatch) {
    const batches = Math.min(batchesAtOnce, Math.ceil((end - event) / eventsPerBatch));
    const bodies = sampleBodies(batches, eventsPerBatch, event);
    seconds += await secondsOf(() => postBodies(`${url}/api/v1/audit/events/batch`, bodies, connections));
  }
  return seconds;
}
