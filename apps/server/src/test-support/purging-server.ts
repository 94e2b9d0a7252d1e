import { stoppedAt, type TestClock } from './clock.ts';
import type { OpenDatabase } from './describe-databases.ts';
import { startTestServer, type TestServer } from './test-server.ts';

/** A server that purges all the time, at a time that the test sets. */
export interface PurgingServer {
  readonly server: TestServer;
  readonly clock: TestClock;
  /** Members of an event that expires after nine days. */
  readonly old: { readonly event_timestamp: string };
}

/** Starts a server whose policy is nine days. */
export async function startPurgingServer(open: OpenDatabase): Promise<PurgingServer> {
  const start = '2018-01-01T00:00:00Z';
  const clock = stoppedAt(start);
  const server = await startTestServer(open, {
    now: clock.now,
    retention: { defaultDays: 9, categoryDays: {} },
    retentionIntervalMs: 5,
  });
  return { server, clock, old: { event_timestamp: start } };
}
