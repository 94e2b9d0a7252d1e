/** What has happened since the client was created. */
export interface Counters {
  emitted: number;
  acknowledged: number;
  dead: number;
  rejected: number;
  requests: number;
  retries: number;
}

/** Starts counting; events that a queue brings from an earlier process count as emitted. */
export function createCounters(queuedEvents: number): Counters {
  return { emitted: queuedEvents, acknowledged: 0, dead: 0, rejected: 0, requests: 0, retries: 0 };
}
