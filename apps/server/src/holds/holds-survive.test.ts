import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { compileCache, createDatabase } from '@audit/environments';
import { expect, inject, it, onTestFinished } from 'vitest';
import { purgeExpired } from '../retention/purge-expired.ts';
import type { Database } from '../store/database.ts';
import { openPostgres } from '../store/postgres.ts';
import { checkChain } from '../test-support/check-chain.ts';
import { days, stoppedAt } from '../test-support/clock.ts';
import { describeDatabases } from '../test-support/describe-databases.ts';
import { openLedger } from '../test-support/open-ledger.ts';
import { sampleEvent } from '../test-support/sample-events.ts';

const start = '2018-01-01T00:00:00Z';
const principal = { id: 'anonymous' };

/** Events of holds without their hold, and holds without their events. */
const contradictions = `
  select records.sequence from audit.records
  left join audit.holds as placed on placed.log_id = records.log_id and placed.placed_sequence = records.sequence
  left join audit.holds as released on released.log_id = records.log_id and released.released_sequence = records.sequence
  where (coalesce(event_type, '') = 'datastorage.legal_hold.placed') <> (placed.log_id is not null)
     or (coalesce(event_type, '') = 'datastorage.legal_hold.released') <> (released.log_id is not null)
  union all
  select placed_sequence from audit.holds
  where not exists (select from audit.records where sequence = placed_sequence)
     or released_sequence is not null and not exists (select from audit.records where sequence = released_sequence)`;

/** Records that were purged after a hold on them was placed and before it was released. */
const purgedUnderHold = `
  select records.sequence from audit.records join audit.holds using (log_id, correlation_id)
  where purged_by > placed_sequence and purged_by < coalesce(released_sequence, 9223372036854775807)`;

/** A database whose commits end with a statement, after the rows are written and before they are committed. */
function ending(database: Database, statement: string): Database {
  return { ...database, load: (load) => database.load({ ...load, last: `${load.last}; ${statement}` }) };
}

describeDatabases('a hold', (open) => {
  it('and its event are there together or not at all, whatever happens to their transaction', async () => {
    const database = await open();
    const { store, holds } = await openLedger(database);
    await store({ correlation_id: 'rr-1' });
    const failing = ending(database, 'select 1 / 0');
    const dying = await openLedger(failing, Date.now, database);
    await expect(dying.holds.place({ correlation_id: 'rr-1', reason: 'a' }, principal)).rejects.toThrow();
    expect(await database.query('select from audit.holds')).toEqual([]);
    expect(await checkChain(database)).toBe(1);
    expect(await holds.place({ correlation_id: 'rr-1', reason: 'b' }, principal)).toMatchObject({
      outcome: 'placed',
    });
    await expect(dying.holds.release('rr-1', 'c', principal)).rejects.toThrow();
    expect(await holds.list({ includeReleased: false, limit: 9 })).toMatchObject({ total: 1 });
    expect(await database.query(contradictions)).toEqual([]);
    expect(await checkChain(database)).toBe(2);
    await database.close();
  });

  it('wins over purges that run at the same time, and never loses a record it was placed on', async () => {
    const database = await open();
    const clock = stoppedAt(start);
    const processes = [await openLedger(database, clock.now), await openLedger(database, clock.now)] as const;
    const names = Array.from({ length: 12 }, (_, index) => `rr-${index}`);
    await processes[0].store(...names.map((correlation_id) => ({ correlation_id, event_timestamp: start })));
    clock.time += days(2_555);
    const purges = processes.map(({ ownEvents }) =>
      purgeExpired({ database, logId: 'default', ownEvents, now: clock.now, batchRecords: 2 }),
    );
    const placements = names.map((correlation_id, index) =>
      processes[index % 2 === 0 ? 0 : 1].holds.place({ correlation_id, reason: 'Litigation.' }, principal),
    );
    await Promise.all([...purges, ...placements]);
    expect(await database.query(purgedUnderHold)).toEqual([]);
    expect(await database.query(contradictions)).toEqual([]);
    const whole = await database.query(
      "select from audit.records where event_category <> 'datastorage' and purged_by is null",
    );
    const active = await database.query('select from audit.holds where released_sequence is null');
    expect(whole.length).toBe(active.length);
    await checkChain(database);
    await database.close();
  });
});

function openServer(): Promise<string> {
  return createDatabase(inject('postgresUrl'));
}

it('a hold under way makes a purge fail that started later, also when two processes believe to hold the lease', async () => {
  const database = openPostgres({ url: await openServer(), onIdleError: () => {} });
  const clock = stoppedAt(start);
  const { store } = await openLedger(database, clock.now);
  await store({ correlation_id: 'rr-1', event_timestamp: start });
  clock.time += days(2_555);
  const lost = async () => ({ release: () => {}, isWanted: async () => false });
  const gate = await database.acquireLock('gate');
  const slow = ending(
    { ...database, acquireLock: lost },
    `select pg_advisory_xact_lock(hashtextextended('gate', 0))`,
  );
  const holder = await openLedger(slow, clock.now, database);
  const purger = await openLedger({ ...database, acquireLock: lost }, clock.now, database);
  const placed = holder.holds.place({ correlation_id: 'rr-1', reason: 'Litigation.' }, principal);
  await waitingSessions(database, 1);
  const purged = purgeExpired({ database, logId: 'default', ownEvents: purger.ownEvents, now: clock.now });
  await waitingSessions(database, 2);
  gate.release();
  expect((await placed).outcome).toBe('placed');
  expect(await purged).toBe(0);
  expect(await database.query(purgedUnderHold)).toEqual([]);
  expect(await checkChain(database)).toBe(2);
  await database.close();
});

async function waitingSessions(database: Database, count: number): Promise<void> {
  const waiting = `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
  await expect.poll(async () => (await database.query(waiting)).length, { timeout: 8_000 }).toBe(count);
}

it('a hold is there exactly if its event is, when its connection is cut before the commit', async () => {
  const database = openPostgres({ url: await openServer(), onIdleError: () => {} });
  const { store } = await openLedger(database);
  await store({ correlation_id: 'rr-1' });
  const cut = ending(database, 'select pg_terminate_backend(pg_backend_pid())');
  const { holds } = await openLedger(cut, Date.now, database);
  await expect(holds.place({ correlation_id: 'rr-1', reason: 'a' }, principal)).rejects.toThrow();
  expect(await database.query('select from audit.holds')).toEqual([]);
  expect(await checkChain(database)).toBe(1);
  await database.close();
});

it('holds and their events agree after the server is killed in the middle of placing and releasing them', async () => {
  const url = await openServer();
  const database = openPostgres({ url, onIdleError: () => {} });
  const child = await startProcess(url);
  const names = Array.from({ length: 40 }, (_, index) => `rr-${index}`);
  const send = (method: string, path: string, body: object) =>
    fetch(`${child.url}${path}`, {
      method,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    }).then((answer) => answer.status);
  const batch = names.map((correlation_id) => sampleEvent({ correlation_id }));
  expect(await send('POST', '/api/v1/audit/events/batch', batch)).toBe(201);
  const acknowledged: string[] = [];
  const work = names.map(async (correlation_id) => {
    const status = await send('POST', '/api/v1/audit/legal-hold', { correlation_id, reason: 'Litigation.' });
    if (status === 200) acknowledged.push(correlation_id);
    if (acknowledged.length === 10) child.process.kill('SIGKILL');
    await send('DELETE', `/api/v1/audit/legal-hold/${correlation_id}`, { release_reason: 'Settled.' });
  });
  await Promise.allSettled(work);
  const held = await database.query<{ correlation_id: string }>('select correlation_id from audit.holds');
  expect(held.map((row) => row.correlation_id)).toEqual(expect.arrayContaining(acknowledged));
  expect(held.length).toBeLessThan(names.length);
  expect(await database.query(contradictions)).toEqual([]);
  await checkChain(database);
  await database.close();
});

async function startProcess(url: string): Promise<{ process: ChildProcess; url: string }> {
  const main = new URL('../main.ts', import.meta.url).pathname;
  const child = spawn(process.execPath, ['--conditions=@audit/source', main], {
    env: {
      PATH: process.env.PATH,
      ...compileCache,
      AUDIT_PORT: '0',
      DATABASE_URL: url,
      AUDIT_LOG_LEVEL: 'silent',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const [line] = await once(child.stdout, 'data');
  return { process: child, url: JSON.parse(String(line)).url };
}
