import { createDatabase, type PostgresServer, startPostgres } from '@audit/environments';
import type { AuditRecord } from '@audit/schema';
import { nodeSpoolFiles, type SpoolFiles } from '@audit/spool';
import pg from 'pg';
import { beforeAll, beforeEach, expect, it } from 'vitest';
import type { ServerOptions } from '../start-server.ts';
import { openPostgres } from '../store/postgres.ts';
import { checkChain } from '../test-support/check-chain.ts';
import { openDiskSpool } from '../test-support/disk-spool.ts';
import { readExample, sampleEvent } from '../test-support/sample-events.ts';
import { problemOf, startTestServer, type TestAnswer, type TestServer } from '../test-support/test-server.ts';

const single = '/api/v1/audit/events';
const batch = '/api/v1/audit/events/batch';

let postgres: PostgresServer;
let url: string;

beforeAll(async () => {
  postgres = await startPostgres();
  return () => postgres.stop();
});

// A test that failed can have left it killed.
beforeEach(async () => {
  await postgres.restart();
  url = await createDatabase(postgres.url);
});

function startServer(options: Partial<ServerOptions> = {}): Promise<TestServer> {
  const open = async () => openPostgres({ url, onIdleError: () => {} });
  return startTestServer(open, { spools: { spool: openDiskSpool() }, ...options });
}

// The backends of a killed PostgreSQL live a moment longer: a connection that stays open may still commit.
async function takeDatabaseAway(server: TestServer): Promise<void> {
  await postgres.kill();
  server.database.disconnect();
}

async function readiness(server: TestServer): Promise<{ status: number; body: Record<string, unknown> }> {
  const answer = await server.send('GET', '/readyz');
  return { status: answer.status, body: JSON.parse(answer.text) };
}

async function untilReady(server: TestServer): Promise<void> {
  while ((await readiness(server)).body.status !== 'ready');
}

const correlationsOf = (records: readonly AuditRecord[]) =>
  Map.groupBy(records, (record) => record.correlation_id);
const bodyOf = (answer: TestAnswer) => JSON.parse(answer.text);

it('accepts what comes while PostgreSQL is killed under load, then stores it once, in order and in one chain', async () => {
  const server = await startServer();
  const sent = new Map<string, string[]>();
  const statuses = new Set<number>();
  let accepted = 0;
  const enough = Promise.withResolvers<void>();
  let isOver = false;
  const producers = Array.from({ length: 6 }, async (_, index) => {
    const correlation_id = `rr-${index}`;
    const ids: string[] = [];
    sent.set(correlation_id, ids);
    while (!isOver) {
      const events = [sampleEvent({ correlation_id }), sampleEvent({ correlation_id })];
      const answer = await fetch(`${server.url}${batch}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(events),
      });
      statuses.add(answer.status);
      const { event_ids } = (await answer.json()) as { event_ids: string[] };
      ids.push(...event_ids);
      if (answer.status === 202) accepted += 1;
      if (accepted === 200) enough.resolve();
    }
  });
  await postgres.kill();
  await enough.promise;
  await postgres.restart();
  await untilReady(server);
  isOver = true;
  await Promise.all(producers);
  expect([...statuses].toSorted()).toEqual([201, 202]);
  const rows = await server.database.query<{ event_id: string; correlation_id: string }>(
    'select event_id::text as event_id, correlation_id from audit.records order by sequence',
  );
  const stored = Map.groupBy(rows, (row) => row.correlation_id);
  for (const [correlationId, ids] of sent) {
    expect(stored.get(correlationId)?.map((row) => row.event_id)).toEqual(ids);
  }
  expect(await checkChain(server.database)).toBe([...sent.values()].flat().length);
});

it('answers 202 with the ids, keeps probes and checks working, and tells the time of the acceptance', async () => {
  const acceptedAt = Date.parse('2026-01-15T12:00:00Z');
  const server = await startServer({
    now: () => acceptedAt,
    spools: { spool: openDiskSpool({ now: () => acceptedAt }) },
  });
  expect((await readiness(server)).body).toMatchObject({ status: 'ready', spool: { requests: 0 } });
  await takeDatabaseAway(server);
  const [one, two, three] = [
    sampleEvent(),
    sampleEvent(),
    readExample('webhook.notification.cancelled.valid'),
  ];
  const accepted = await server.post(single, one);
  expect([accepted.status, bodyOf(accepted)]).toEqual([
    202,
    { event_id: one.event_id, status: 'accepted', message: 'Audit event will be stored' },
  ]);
  const many = await server.post(batch, [two, three]);
  expect([many.status, bodyOf(many).event_ids[0]]).toEqual([202, two.event_id]);
  const invalid = await server.post(batch, [sampleEvent(), { ...sampleEvent(), event_outcome: 'maybe' }]);
  expect([invalid.status, problemOf(invalid).errors?.[0]?.index]).toEqual([400, 1]);
  const { event_id: _left, ...withoutId } = sampleEvent();
  const { event_id: made } = bodyOf(await server.post(single, withoutId));
  expect(await readiness(server)).toMatchObject({
    status: 200,
    body: { status: 'degraded', reason: 'database_unreachable', spool: { requests: 3, dead_letters: 0 } },
  });
  const read = await server.send('GET', single);
  expect([read.status, read.headers['retry-after']]).toEqual([503, '1']);
  await postgres.restart();
  await untilReady(server);
  const records = await server.records();
  expect(records).toMatchObject([one, two, three, { ...withoutId, event_id: made }]);
  expect(new Set(records.map((record) => record.received_at))).toEqual(new Set(['2026-01-15T12:00:00.000Z']));
});

it('stores an event once that came before, twice during and again after the outage', async () => {
  const server = await startServer();
  const events = [sampleEvent(), sampleEvent()];
  const [before, during] = events;
  expect((await server.post(single, before)).status).toBe(201);
  await takeDatabaseAway(server);
  for (const body of [events, [during, before]]) expect((await server.post(batch, body)).status).toBe(202);
  expect((await server.post(single, before)).status).toBe(202);
  await postgres.restart();
  await untilReady(server);
  expect((await server.post(batch, events)).status).toBe(200);
  expect(await checkChain(server.database)).toBe(2);
});

it('keeps an accepted event whose id has other content as a dead letter, and stores the rest of its batch', async () => {
  const spool = openDiskSpool();
  const server = await startServer({ spools: { spool } });
  const event = sampleEvent();
  expect((await server.post(single, event)).status).toBe(201);
  await takeDatabaseAway(server);
  const other = { ...event, event_action: 'other' };
  expect((await server.post(batch, [sampleEvent(), other, sampleEvent()])).status).toBe(202);
  await postgres.restart();
  await untilReady(server);
  expect((await readiness(server)).body).toMatchObject({ spool: { requests: 0, dead_letters: 1 } });
  expect((await spool.deadLetters()).map(({ text }) => JSON.parse(text))).toMatchObject([other]);
  expect(await checkChain(server.database)).toBe(3);
});

it('answers 503 and takes nothing when the disk is full as well, and the same request later', async () => {
  let isFull = false;
  const files: SpoolFiles = {
    ...nodeSpoolFiles,
    writeSync(...parameters) {
      if (isFull) throw Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' });
      return nodeSpoolFiles.writeSync(...parameters);
    },
  };
  const server = await startServer({ spools: { spool: openDiskSpool({ files }) } });
  await takeDatabaseAway(server);
  expect((await server.post(single, sampleEvent())).status).toBe(202);
  isFull = true;
  const events = [sampleEvent(), sampleEvent()];
  const refused = await server.post(batch, events);
  expect([refused.status, refused.headers['retry-after']]).toEqual([503, '1']);
  expect(await readiness(server)).toMatchObject({
    status: 503,
    body: { status: 'not_ready', reason: 'database_unreachable', spool: { requests: 1 } },
  });
  isFull = false;
  expect((await server.post(batch, events)).status).toBe(202);
  expect((await readiness(server)).status).toBe(200);
  await postgres.restart();
  await untilReady(server);
  expect(await checkChain(server.database)).toBe(3);
});

it('waits for a database that does not answer only so long', async () => {
  const server = await startServer({ databaseTimeoutMs: 150 });
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query('begin; lock table audit.logs');
  const events = [sampleEvent(), sampleEvent(), sampleEvent()];
  for (const event of events) expect((await server.post(single, event)).status).toBe(202);
  await client.query('rollback');
  await client.end();
  await untilReady(server);
  expect(await server.records()).toMatchObject(events);
});

it('survives the end of its connections', async () => {
  const server = await startServer();
  const answers: TestAnswer[] = [];
  const events = Array.from({ length: 60 }, () => sampleEvent());
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  for (const [index, event] of events.entries()) {
    if (index % 10 === 0) {
      await client.query(
        'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
      );
    }
    answers.push(await server.post(single, event));
  }
  await client.end();
  expect(answers.filter(({ status }) => status !== 201 && status !== 202)).toEqual([]);
  await untilReady(server);
  expect(await server.records()).toMatchObject(events);
});

it('starts without its database, accepts, and migrates and stores when the database comes', async () => {
  await postgres.kill();
  const server = await startServer();
  const event = sampleEvent();
  expect((await server.post(single, event)).status).toBe(202);
  expect((await readiness(server)).body).toMatchObject({ status: 'degraded' });
  await postgres.restart();
  await untilReady(server);
  expect(await server.records()).toMatchObject([event]);
});

it('does not start on a database that refuses it', async () => {
  const wrong = new URL(url);
  wrong.pathname = '/nowhere';
  const open = async () => openPostgres({ url: wrong.href, onIdleError: () => {} });
  await expect(startTestServer(open, { spools: { spool: openDiskSpool() } })).rejects.toThrow(
    'database "nowhere" does not exist',
  );
});

it('keeps one chain for correlations that were written before, during and after an outage', async () => {
  const server = await startServer();
  for (const phase of ['before', 'during', 'after']) {
    if (phase === 'during') await takeDatabaseAway(server);
    for (let index = 0; index < 6; index += 1) {
      await server.post(single, sampleEvent({ correlation_id: `rr-${index % 2}`, event_action: phase }));
    }
    if (phase === 'during') await postgres.restart();
  }
  await untilReady(server);
  const actions = [...correlationsOf(await server.records()).values()].map((records) =>
    records.map((record) => record.event_action),
  );
  const expected = ['before', 'during', 'after'].flatMap((phase) => [phase, phase, phase]);
  expect(actions).toEqual([expected, expected]);
  expect(await checkChain(server.database)).toBe(18);
});
