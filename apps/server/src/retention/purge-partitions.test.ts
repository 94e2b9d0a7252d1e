import { retentionPurged } from '@audit/datastorage/server';
import { createDatabase } from '@audit/environments';
import { verifyExport } from '@audit/integrity';
import { expect, inject, it } from 'vitest';
import type { Database } from '../store/database.ts';
import { openPostgres } from '../store/postgres.ts';
import { checkChain } from '../test-support/check-chain.ts';
import { checkTree } from '../test-support/check-tree.ts';
import { days, stoppedAt } from '../test-support/clock.ts';
import { describeDatabases } from '../test-support/describe-databases.ts';
import { narrowPartitions } from '../test-support/narrow-partitions.ts';
import { openLedger } from '../test-support/open-ledger.ts';
import { tamper } from '../test-support/tamper.ts';
import { startTestServer } from '../test-support/test-server.ts';
import { purgeExpired } from './purge-expired.ts';
import { findPurgeablePartitions, notePeriods } from './purgeable-partitions.ts';

const logId = 'default';
const start = '2002-01-01T00:00:00Z';
const principal = { id: 'anonymous' };
const width = 8;
const period = 2_555;

/** A log of partitions of eight records. */
async function openNarrow(database: Database, count = 4) {
  await narrowPartitions(database, width, count);
  const clock = stoppedAt(start);
  const ledger = await openLedger(database, clock.now);
  const store = (count: number, members: Parameters<typeof ledger.store>[0] = {}) =>
    ledger.store(
      ...Array.from({ length: count }, () => ({
        correlation_id: 'rr-1',
        event_timestamp: new Date(clock.time).toISOString(),
        ...members,
      })),
    );
  const purge = () => purgeExpired({ database, logId, ownEvents: ledger.ownEvents, now: clock.now });
  return { ...ledger, clock, store, purge };
}

interface Told extends Record<string, unknown> {
  readonly records_purged: number;
  readonly ranges: readonly { readonly first_sequence: number; readonly last_sequence: number }[];
}

/** What the purge events of the log say, oldest first. */
async function purges(database: Database): Promise<Told[]> {
  const rows = await database.query<{ data: Told }>(
    `select record::jsonb -> 'event_data' as data from audit.records
     where event_type = 'datastorage.retention.purged' order by records.sequence`,
  );
  return rows.map(({ data }) => data);
}

async function purgedSequences(database: Database): Promise<number[]> {
  const rows = await database.query<{ sequence: string }>(
    'select sequence::text from audit.records where purged_by is not null order by records.sequence',
  );
  return rows.map(({ sequence }) => Number(sequence));
}

async function leaves(database: Database): Promise<unknown[]> {
  return database.query('select to_jsonb(leaves) as leaf from audit.leaves order by sequence');
}

const upTo = (end: number, from = 0) => Array.from({ length: end - from }, (_, at) => from + at);

describeDatabases('purging a partition whole', (open) => {
  it('takes its contents, and leaves the log’s own events, every leaf and every proof', async () => {
    const database = await open();
    const { store, holds, clock, purge } = await openNarrow(database);
    await store(3, { actor_type: 'user', actor_id: 'priya.nair@example.com' });
    await holds.place({ correlation_id: 'rr-1', reason: 'Litigation.' }, principal);
    await holds.release('rr-1', 'Settled.', principal);
    await store(5);
    clock.time += days(period);
    const before = await leaves(database);
    expect(await purge()).toBe(8);
    const partition = { first_sequence: 0, last_sequence: 7 };
    expect(await purges(database)).toMatchObject([
      {
        records_purged: 6,
        ranges: [
          { first_sequence: 0, last_sequence: 2 },
          { first_sequence: 5, last_sequence: 7 },
        ],
        partition,
      },
      { records_purged: 2, ranges: [{ first_sequence: 8, last_sequence: 9 }] },
    ]);
    expect((await leaves(database)).slice(0, 10)).toEqual(before);
    expect(
      await database.query('select sequence::text, event_type from audit.contents_0 order by 1'),
    ).toEqual([
      { sequence: '3', event_type: 'datastorage.legal_hold.placed' },
      { sequence: '4', event_type: 'datastorage.legal_hold.released' },
    ]);
    expect(await database.query('select from audit.disclosures where sequence not in (3, 4)')).toEqual([]);
    expect(await purgedSequences(database)).toEqual([0, 1, 2, 5, 6, 7, 8, 9]);
    const holdsNow = await database.query('select released_sequence::text from audit.holds');
    expect(holdsNow).toEqual([{ released_sequence: '4' }]);
    expect(await purge()).toBe(0);
    expect(await checkChain(database)).toBe(12);

    const server = await startTestServer(async () => database, { retention: 'off', now: clock.now });
    const [key] = await database.query<{ verifier_key: string }>('select verifier_key from audit.log_keys');
    expect(await checkTree(database, key?.verifier_key ?? '')).toBe(12);
    const text = await (await fetch(`${server.url}/api/v1/audit/export`)).text();
    expect(await verifyExport([text])).toMatchObject({ purged: 8 });
    expect(
      text
        .trimEnd()
        .split('\n')
        .map((line) => line.startsWith('#purged ')),
    ).toEqual(upTo(13).map((sequence) => ![3, 4, 10, 11, 12].includes(sequence)));
    const chain = await server.post('/api/v1/audit/verify-chain', { correlation_id: 'rr-1' });
    expect(JSON.parse(chain.text)).toMatchObject({ is_valid: true, total_events: 10, purged_events: 8 });
  });

  it('waits for its last record, a month at most, and takes those before one by one otherwise', async () => {
    const database = await open();
    const { store, clock, purge } = await openNarrow(database);
    await store(4);
    clock.time += days(31);
    await store(4);
    clock.time += days(32);
    await store(8, { correlation_id: 'rr-2' });
    clock.time = Date.parse(start) + days(period);
    expect(await purge()).toBe(0);
    clock.time += days(31) - 1;
    expect(await purge()).toBe(0);
    clock.time += 1;
    expect(await purge()).toBe(8);
    clock.time += days(32);
    expect(await purge()).toBe(8);
    expect(await purges(database)).toMatchObject([
      { records_purged: 8, partition: { first_sequence: 0, last_sequence: 7 } },
      { records_purged: 8, partition: { first_sequence: 8, last_sequence: 15 } },
    ]);
    await store(5);
    await store(1, { event_timestamp: new Date(clock.time + days(32)).toISOString() });
    await store(2);
    clock.time += days(period);
    expect(await purge()).toBe(7);
    expect(await purgedSequences(database)).toEqual([...upTo(16), ...upTo(23, 18), 24, 25]);
    expect(await checkChain(database)).toBe(27);
    await database.close();
  });

  it('is not done while a record of it is held, or has a longer period: the others go one by one', async () => {
    const database = await open();
    const { store, holds, clock, purge } = await openNarrow(database);
    await store(7);
    await store(1, { correlation_id: 'rr-held' });
    await store(7);
    await store(1, { retention_days: period + 32 });
    await holds.place({ correlation_id: 'rr-held', reason: 'Litigation.' }, principal);
    clock.time += days(period);
    expect(await purge()).toBe(14);
    expect(await purgedSequences(database)).toEqual([...upTo(7), ...upTo(15, 8)]);
    await holds.release('rr-held', 'Settled.', principal);
    clock.time += days(32);
    expect(await purge()).toBe(2);
    expect((await purges(database)).map(({ partition }) => partition)).toEqual([
      undefined,
      { first_sequence: 0, last_sequence: 7 },
      { first_sequence: 8, last_sequence: 15 },
    ]);
    await checkChain(database);
    await database.close();
  });

  it('is refused by the database when the event says what is not so, and nothing of it stays', async () => {
    const database = await open();
    const { store, holds, ownEvents, clock } = await openNarrow(database);
    await store(2);
    await holds.place({ correlation_id: 'rr-1', reason: 'Litigation.' }, principal);
    await store(9);
    await notePeriods(database, logId);
    const range = (first_sequence: number, last_sequence: number) => ({ first_sequence, last_sequence });
    const honest = { partition: range(0, 7), ranges: [range(0, 1), range(3, 7)] };
    const attempt = (purged: typeof honest, defaultRetentionDays = period) =>
      ownEvents.record(retentionPurged({ logId, purged, defaultRetentionDays, categoryRetentionDays: [] }));
    const refused = { outcome: 'refused', refusal: 'forbidden_now' };
    clock.time += days(period) - 1;
    expect(await attempt(honest), 'held and not expired').toEqual(refused);
    await holds.release('rr-1', 'Settled.', principal);
    expect(await attempt(honest), 'not expired').toEqual(refused);
    clock.time += 1;
    const untrue: (typeof honest)[] = [
      { ...honest, ranges: [range(0, 7)] },
      { ...honest, ranges: [range(0, 1)] },
      { ...honest, ranges: [range(0, 1), range(3, 8)] },
      { ...honest, ranges: [range(3, 7), range(0, 1)] },
      { ...honest, ranges: [range(0, 0), range(1, 1), range(3, 7)] },
      { partition: range(8, 15), ranges: [range(8, 15)] },
      { partition: range(16, 23), ranges: [range(16, 23)] },
    ];
    for (const purged of untrue) expect(await attempt(purged), JSON.stringify(purged)).toEqual(refused);
    expect(await attempt(honest, 1), 'another policy').toEqual(refused);
    for (const partition of [range(0, 6), range(1, 7), range(0, 15)]) {
      await expect(attempt({ ...honest, partition }), JSON.stringify(partition)).rejects.toMatchObject({
        code: '22X22',
      });
    }
    expect(await purgedSequences(database)).toEqual([]);
    expect(await attempt(honest)).toMatchObject({ outcome: 'recorded' });
    expect(await attempt(honest), 'purged before').toEqual(refused);
    expect(await purgedSequences(database)).toEqual([0, 1, ...upTo(8, 3)]);
    await checkChain(database);
    await database.close();
  });

  it('is done once when two processes want it, and not at all where another log has records', async () => {
    const database = await open();
    const { store, clock, ownEvents } = await openNarrow(database);
    const other = await openLedger(database, clock.now);
    await store(17);
    await tamper(
      database,
      `insert into audit.logs (log_id, size) values ('other', 9)`,
      `insert into audit.contents select (jsonb_populate_record(contents, '{"log_id":"other"}')).*
       from audit.contents where sequence = 8`,
    );
    clock.time += days(period);
    const purge = (each: typeof ownEvents) =>
      purgeExpired({ database, logId, ownEvents: each, now: clock.now });
    await Promise.all([purge(ownEvents), purge(other.ownEvents)]);
    await purge(ownEvents);
    expect(await purgedSequences(database)).toEqual(upTo(17));
    const whole = (await purges(database)).filter(({ partition }) => partition !== undefined);
    expect(whole).toMatchObject([{ records_purged: 8, partition: { first_sequence: 0 } }]);
    const kept = await database.query(`select from audit.contents where log_id = 'other'`);
    expect(kept.length).toBe(1);
    await checkChain(database);
    await database.close();
  });
});

it('a partition that is being read is purged later, and neither its reader nor a writer waits for that', async () => {
  const database = openPostgres({ url: await createDatabase(inject('postgresUrl')), onIdleError: () => {} });
  const { store, clock, purge } = await openNarrow(database);
  await store(9);
  clock.time += days(period);
  await database.transaction(async (reader) => {
    await reader.execute('set transaction isolation level repeatable read');
    const read = () => reader.query<{ count: number }>('select count(record)::integer from audit.records');
    expect(await read()).toEqual([{ count: 9 }]);
    expect(await purge()).toBe(0);
    await store(1);
    expect(await read()).toEqual([{ count: 9 }]);
  });
  expect(await purgedSequences(database)).toEqual([]);
  expect(await findPurgeablePartitions(database, logId, clock.time)).toHaveLength(1);
  expect(await purge()).toBe(9);
  expect(await checkChain(database)).toBe(12);
  await database.close();
});
