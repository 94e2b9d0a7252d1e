import { retentionPurged } from '@audit/datastorage/server';
import { expect, it } from 'vitest';
import type { Database } from '../store/database.ts';
import { checkChain } from '../test-support/check-chain.ts';
import { days, stoppedAt } from '../test-support/clock.ts';
import { describeDatabases } from '../test-support/describe-databases.ts';
import { openLedger } from '../test-support/open-ledger.ts';
import { readExample, sampleEvent } from '../test-support/sample-events.ts';
import { dataOf, startTestServer } from '../test-support/test-server.ts';
import { purgeExpired } from './purge-expired.ts';
import { applyRetentionPolicy, readRetentionPolicy } from './retention-policy.ts';

const logId = 'default';
const start = '2018-01-01T00:00:00Z';
const principal = { id: 'anonymous' };

async function purgedSequences(database: Database): Promise<Record<string, number[]>> {
  const rows = await database.query<{ sequence: string; purged_by: string }>(
    'select sequence::text, purged_by::text from audit.records where purged_by is not null order by records.sequence',
  );
  const groups = Object.entries(Object.groupBy(rows, (row) => row.purged_by));
  return Object.fromEntries(groups.map(([by, of]) => [by, of?.map((row) => Number(row.sequence)) ?? []]));
}

describeDatabases('purging under the retention policy', (open) => {
  it('purges what is older than 2,555 days, to the millisecond, and leaves the server’s own events', async () => {
    const database = await open();
    const clock = stoppedAt(start);
    const { ownEvents, store } = await openLedger(database, clock.now);
    await store({ event_timestamp: start }, { event_timestamp: start });
    clock.time += days(2_555) - 1;
    expect(await purgeExpired({ database, logId, ownEvents, now: clock.now })).toBe(0);
    clock.time += 1;
    expect(await purgeExpired({ database, logId, ownEvents, now: clock.now })).toBe(2);
    expect(await purgedSequences(database)).toEqual({ 2: [0, 1] });
    clock.time += days(500);
    expect(await purgeExpired({ database, logId, ownEvents, now: clock.now })).toBe(0);
    expect(await checkChain(database)).toBe(3);
    await database.close();
  });

  it('goes by the later of the event’s own time and its storing, by its own period, then by its category', async () => {
    const database = await open();
    const clock = stoppedAt(start);
    const { ownEvents, store } = await openLedger(database, clock.now);
    await applyRetentionPolicy(database, { defaultDays: 100, categoryDays: { analysis: 10, gateway: 5 } });
    await store(
      { event_timestamp: start },
      { event_timestamp: '1970-01-01T00:00:00Z' },
      { event_timestamp: '2018-01-01T00:59:00Z' },
      { event_timestamp: start, retention_days: 3 },
      { event_timestamp: start, retention_days: 30 },
    );
    const purge = () => purgeExpired({ database, logId, ownEvents, now: clock.now });
    const due: number[] = [];
    for (const milliseconds of [days(3) - 1, 1, days(7) - 1, 1, 59 * 60_000, days(20) - 59 * 60_000]) {
      clock.time += milliseconds;
      due.push(await purge());
    }
    expect(due).toEqual([0, 1, 0, 2, 1, 1]);
    expect(await purgedSequences(database)).toEqual({ 5: [3], 6: [0, 1], 7: [2], 8: [4] });
    expect(await checkChain(database)).toBe(9);
    await database.close();
  });

  it('purges oldest first, in bounded batches, and records of each what it purged and why', async () => {
    const clock = stoppedAt(start);
    const server = await startTestServer(open, {
      now: clock.now,
      retention: { defaultDays: 9, categoryDays: { gateway: 99 } },
    });
    const { database } = server;
    const { ownEvents, store, holds } = await openLedger(database, clock.now);
    await store(
      ...Array.from({ length: 7 }, (_, index) => ({
        correlation_id: `rr-${index % 2}`,
        event_timestamp: start,
      })),
    );
    await holds.place({ correlation_id: 'rr-1', reason: 'Litigation.' }, principal);
    clock.time += days(9);
    expect(await purgeExpired({ database, logId, ownEvents, now: clock.now, batchRecords: 3 })).toBe(4);
    const told = (await server.records()).filter(
      (record) => record.event_type === 'datastorage.retention.purged',
    );
    const policy = {
      default_retention_days: 9,
      category_retention_days: [{ event_category: 'gateway', retention_days: 99 }],
    };
    const single = (sequence: number) => ({ first_sequence: sequence, last_sequence: sequence });
    expect(told.map((record) => record.event_data)).toEqual([
      {
        event_type: 'datastorage.retention.purged',
        records_purged: 3,
        ranges: [single(0), single(2), single(4)],
        ...policy,
      },
      { event_type: 'datastorage.retention.purged', records_purged: 1, ranges: [single(6)], ...policy },
    ]);
    expect(await purgedSequences(database)).toEqual({ 8: [0, 2, 4], 9: [6] });
    await holds.release('rr-1', 'Settled.', principal);
    expect(await purgeExpired({ database, logId, ownEvents, now: clock.now })).toBe(3);
    expect(await checkChain(database)).toBe(12);
  });

  it('leaves hash, place and identity, and nothing of the content; answers count the rest truly', async () => {
    const clock = stoppedAt(start);
    const server = await startTestServer(open, { now: clock.now, retention: 'off' });
    const old = {
      ...(readExample('webhook.notification.cancelled.valid') as object),
      correlation_id: 'rr-1',
      event_timestamp: start,
    };
    await server.post('/api/v1/audit/events', old);
    const before = await server.records();
    clock.time += days(3_000);
    await server.post(
      '/api/v1/audit/events',
      sampleEvent({ correlation_id: 'rr-1', event_timestamp: start }),
    );
    const { ownEvents } = await openLedger(server.database, clock.now);
    expect(await purgeExpired({ database: server.database, logId, ownEvents, now: clock.now })).toBe(1);

    const [row] = await server.database.query(
      'select to_jsonb(records) as row from audit.records where sequence = 0',
    );
    const left = Object.entries((row as { row: object }).row).filter(([, value]) => value !== null);
    expect(Object.fromEntries(left)).toEqual({
      log_id: 'default',
      sequence: 0,
      event_id: before[0]?.event_id,
      correlation_id: 'rr-1',
      purged_by: 2,
      event_hash: `\\x${before[0]?.event_hash}`,
    });
    expect(await server.database.query('select from audit.disclosures')).toEqual([]);
    const answer = await server.send('GET', '/api/v1/audit/events?correlation_id=rr-1');
    expect(dataOf(answer).map((record) => [record.sequence, record.previous_event_hash])).toEqual([
      [1, before[0]?.event_hash],
    ]);
    expect(JSON.parse(answer.text).pagination).toMatchObject({ total: 1, purged: 1, has_more: false });
    expect(JSON.parse((await server.send('GET', '/api/v1/audit/events')).text).pagination).toMatchObject({
      total: 2,
    });
    expect((await server.post('/api/v1/audit/events', old)).status).toBe(409);
    expect(await checkChain(server.database)).toBe(3);
  });

  it('is refused by the database when the event says what is not so, and nothing of it stays', async () => {
    const database = await open();
    const clock = stoppedAt(start);
    const { ownEvents, store, holds } = await openLedger(database, clock.now);
    await store(
      ...['rr-held', 'rr-1', 'rr-1'].map((correlation_id) => ({ correlation_id, event_timestamp: start })),
      { correlation_id: 'rr-1', event_timestamp: start, retention_days: 36_500 },
    );
    await holds.place({ correlation_id: 'rr-held', reason: 'Litigation.' }, principal);
    clock.time += days(2_555);
    const draft = retentionPurged({
      logId,
      purged: { sequences: [1, 2] },
      defaultRetentionDays: 2_555,
      categoryRetentionDays: [],
    });
    const attempt = (data: Partial<typeof draft.event_data>) =>
      ownEvents.record({ ...draft, event_data: { ...draft.event_data, ...data } });
    const range = (first_sequence: number, last_sequence: number) => [{ first_sequence, last_sequence }];
    const untrue: Partial<typeof draft.event_data>[] = [
      { ranges: range(0, 1) },
      { ranges: range(2, 3) },
      { ranges: range(4, 5) },
      { ranges: range(90, 91) },
      { ranges: [...range(1, 1), ...range(1, 1)] },
      { default_retention_days: 1 },
      { category_retention_days: [{ event_category: 'analysis', retention_days: 1 }] },
    ];
    for (const data of untrue) {
      const refused = { outcome: 'refused', refusal: 'forbidden_now' };
      expect(await attempt(data), JSON.stringify(data)).toEqual(refused);
    }
    const senseless: Partial<typeof draft.event_data>[] = [
      { records_purged: 3 },
      { ranges: range(2, 1) },
      { ranges: [...range(0, 9_007_199_254_740_991), ...range(9_007_199_254_740_991, 2)] },
      { ranges: range(0, 9_007_199_254_740_991), records_purged: 9_007_199_254_740_991 },
    ];
    for (const data of senseless) {
      await expect(attempt(data), JSON.stringify(data)).rejects.toMatchObject({ code: '22X22' });
    }
    expect(await checkChain(database)).toBe(5);
    clock.time = Date.now() + days(1);
    await expect(attempt({})).rejects.toMatchObject({ code: '22X22' });
    clock.time = Date.now();
    await attempt({});
    expect(await purgedSequences(database)).toEqual({ 5: [1, 2] });
    await database.close();
  });

  it('is done by the server by itself, unless it is told not to', async () => {
    const clock = stoppedAt(start);
    const server = await startTestServer(open, { now: clock.now, retentionIntervalMs: 20 });
    await server.post('/api/v1/audit/events', sampleEvent({ event_timestamp: start }));
    clock.time += days(2_555);
    await expect.poll(() => purgedSequences(server.database), { timeout: 20_000 }).toEqual({ 1: [0] });
    expect(await readRetentionPolicy(server.database)).toEqual({ defaultDays: 2_555, categoryDays: {} });
  });
});
