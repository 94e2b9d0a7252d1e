import { createDatabase } from '@audit/environments';
import { expect, inject, it } from 'vitest';
import { openPostgres } from '../store/postgres.ts';
import { checkChain } from '../test-support/check-chain.ts';
import { openDiskSpool } from '../test-support/disk-spool.ts';
import { sampleEvent } from '../test-support/sample-events.ts';
import { startTestServer, type TestServer } from '../test-support/test-server.ts';

const batch = '/api/v1/audit/events/batch';

// The last and the first instants of months, a leap day, the turn of a year, and the same instant with an offset.
const boundaries = [
  '2025-12-31T23:59:59.999999Z',
  '2026-01-01T00:00:00Z',
  '2026-01-01T00:00:00+01:00',
  '2026-01-31T23:59:59.999Z',
  '2024-02-29T23:59:59.999999999Z',
  '2024-03-01T00:00:00.000000Z',
  '1970-01-01T00:00:00Z',
];
const events = Array.from({ length: 40 }, () => boundaries)
  .flat()
  .map((event_timestamp, index) => sampleEvent({ event_timestamp, correlation_id: `rr-${index % 5}` }));

async function startReplica(url: string): Promise<TestServer> {
  const open = async () => openPostgres({ url, onIdleError: () => {} });
  return startTestServer(open, { spools: { spool: openDiskSpool() } });
}

async function sendAll(server: TestServer, size: number): Promise<Set<number>> {
  const statuses = new Set<number>();
  for (let from = 0; from < events.length; from += size) {
    statuses.add((await server.post(batch, events.slice(from, from + size))).status);
  }
  return statuses;
}

it('stores an event once that several replicas get at the same time, and after a restart, at any turn of a month', async () => {
  const url = await createDatabase(inject('postgresUrl'));
  const replicas = await Promise.all([startReplica(url), startReplica(url), startReplica(url)]);
  await Promise.all(replicas.map((server, index) => sendAll(server, 7 + index)));
  const [first] = replicas;
  if (first === undefined) throw new Error('no replica was started');
  expect(await checkChain(first.database)).toBe(events.length);
  const restarted = await startReplica(url);
  expect(await sendAll(restarted, 50)).toEqual(new Set([200]));
  const records = await restarted.records();
  expect(records.map(({ event_id, event_timestamp }) => [event_id, event_timestamp]).toSorted()).toEqual(
    events.map(({ event_id, event_timestamp }) => [event_id, event_timestamp]).toSorted(),
  );
});
