import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { days } from '../test-support/clock.ts';
import { describeDatabases } from '../test-support/describe-databases.ts';
import { startPurgingServer } from '../test-support/purging-server.ts';
import { readExample, sampleEvent } from '../test-support/sample-events.ts';
import type { TestServer } from '../test-support/test-server.ts';
import type { Database, Row } from './database.ts';

const readerRole = readFileSync(new URL('../../sql/reader-role.sql', import.meta.url), 'utf8');
const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
const readmeQueries = [...readme.matchAll(/```sql\n([^`]+);\n```/g)].map(([, query = '']) => query);

function asReader<Result extends Row>(database: Database, text: string): Promise<Result[]> {
  return database.transaction(async (transaction) => {
    await transaction.execute('set local role audit_reader');
    return transaction.query<Result>(text);
  });
}

/** A log with a purged record, a held one, an erased one and one that jsonb cannot hold. */
async function startFilledServer(open: () => Promise<Database>): Promise<TestServer> {
  const { server, clock, old } = await startPurgingServer(open);
  const kept = { ...old, retention_days: 36_500 };
  const large = JSON.stringify({ ...(readExample('gateway.signal.received.valid') as object), ...kept });
  const answers = [
    await server.post('/api/v1/audit/events', sampleEvent({ ...old, correlation_id: 'rr-1' })),
    await server.post(
      '/api/v1/audit/events',
      sampleEvent({ ...kept, correlation_id: 'rr-2', severity: 'low' }),
    ),
    await server.post('/api/v1/audit/events', {
      ...(readExample('webhook.approval.decided.valid') as object),
      ...kept,
      correlation_id: 'rr-3',
    }),
    await server.send(
      'POST',
      '/api/v1/audit/events',
      large.replace('"status":"firing"', `"status":${'7'.repeat(140_000)}`),
      { 'content-type': 'application/json' },
    ),
    await server.post('/api/v1/audit/legal-hold', { correlation_id: 'rr-2', reason: 'Litigation.' }),
  ];
  expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201, 200]);
  const [decided] = (await server.records()).filter(({ correlation_id }) => correlation_id === 'rr-3');
  const erased = { event_id: decided?.event_id, pointer: '/actor_id', reason: 'Article 17.' };
  expect((await server.post('/api/v1/audit/personal-data/erase', erased)).status).toBe(200);
  clock.time += days(9);
  const purged = 'select from audit.records where purged_by is not null';
  await expect.poll(async () => (await server.database.query(purged)).length, { timeout: 20_000 }).toBe(1);
  return server;
}

describeDatabases('a reader of the database', (open) => {
  it('sees every record, hold and log in the documented views, and what is gone marked as gone', async () => {
    const server = await startFilledServer(open);
    const { database } = server;
    await database.transaction((transaction) => transaction.execute(readerRole));
    await database.transaction((transaction) => transaction.execute(readerRole));
    const rows = await asReader<{ sequence: number; purged_by_sequence: number | null }>(
      database,
      `select sequence::integer, event_id::text, correlation_id, event_type, event_category, event_action, event_outcome,
         actor_type, resource_type, resource_id, namespace, severity, event_hash, previous_event_hash, legal_hold,
         purged_by_sequence::integer, erased_members, event_data
       from audit.events order by events.sequence`,
    );
    const [purged, ...others] = rows;
    expect(purged).toMatchObject({
      sequence: 0,
      correlation_id: 'rr-1',
      purged_by_sequence: 6,
      event_type: null,
      event_data: null,
      previous_event_hash: null,
      legal_hold: false,
      erased_members: [],
    });
    const records = await server.records();
    expect(others).toHaveLength(records.length);
    others.forEach((row, index) => {
      const record = records[index];
      for (const [name, value] of Object.entries(row)) {
        if (['purged_by_sequence', 'event_data', 'erased_members', 'namespace'].includes(name)) continue;
        expect(value, `${name} of ${row.sequence}`).toEqual(Reflect.get(record ?? {}, name) ?? null);
      }
    });
    expect(others[0]).toMatchObject({ legal_hold: true, event_data: records[0]?.event_data });
    expect(others[1]).toMatchObject({ erased_members: ['/actor_id'], event_data: { decision: 'Approved' } });
    expect(others[2]).toMatchObject({ event_type: 'gateway.signal.received', event_data: null });

    expect(await asReader(database, 'select correlation_id, status, reason from audit.legal_holds')).toEqual([
      { correlation_id: 'rr-2', status: 'active', reason: 'Litigation.' },
    ]);
    const { text: checkpoint } = await server.send('GET', '/checkpoint');
    expect(
      await asReader(
        database,
        'select log_id, size::integer, checkpoint, active_holds::integer from audit.log_status',
      ),
    ).toEqual([{ log_id: 'default', size: 7, checkpoint, active_holds: 1 }]);
  });

  it('can ask what the README asks, and nothing of anything else', async () => {
    const { database } = await startFilledServer(open);
    await database.transaction((transaction) => transaction.execute(readerRole));
    expect(readmeQueries).toHaveLength(3);
    const answers = await Promise.all(readmeQueries.map((query) => asReader(database, query)));
    expect(answers.map((rows) => rows.length)).toEqual([0, 1, 1]);
    const tables = await database.query<{ name: string }>(
      `select table_name as name from information_schema.tables
       where table_schema = 'audit' and table_name not in ('events', 'legal_holds', 'log_status')`,
    );
    expect(tables.length).toBeGreaterThan(7);
    const forbidden = [
      ...tables.map(({ name }) => `select from audit.${name}`),
      ...['events', 'legal_holds', 'log_status'].flatMap((view) => [
        `delete from audit.${view}`,
        `update audit.${view} set log_id = ''`,
        `insert into audit.${view} (log_id) values ('')`,
      ]),
      `select audit.is_held('default', 'rr-2')`,
      `select audit.expires_at(now(), now(), 'gateway', null)`,
      'create table audit.mine (id integer)',
    ];
    for (const statement of forbidden) {
      // Where a view cannot be written by anybody, PostgreSQL does not look for rights.
      const code = expect.stringMatching(/^(42501|55000)$/);
      await expect(asReader(database, statement), statement).rejects.toMatchObject({ code });
    }
  });
});
