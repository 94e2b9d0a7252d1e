import { expect, it } from 'vitest';
import { checkChain } from '../test-support/check-chain.ts';
import { describeDatabases } from '../test-support/describe-databases.ts';
import { readExample, sampleEvent } from '../test-support/sample-events.ts';
import { startTestServer, type TestServer } from '../test-support/test-server.ts';
import type { Database, Row, Transaction } from './database.ts';
import { migrate } from './migrate.ts';
import { readMigrations, readServiceRole } from './sql.ts';

const serviceRole = readServiceRole();
const holds = '/api/v1/audit/legal-hold';

async function fill(server: TestServer): Promise<void> {
  const answers = [
    await server.post('/api/v1/audit/events', sampleEvent({ correlation_id: 'rr-1' })),
    await server.post('/api/v1/audit/events', readExample('webhook.notification.cancelled.valid')),
    await server.post(holds, { correlation_id: 'rr-1', reason: 'Litigation.' }),
  ];
  expect(answers.map((answer) => answer.status)).toEqual([201, 201, 200]);
}

async function isEmbedded(database: Database): Promise<boolean> {
  const [row] = await database.query<{ version: string }>('select version() as version');
  return row?.version.includes('wasm') || row?.version.includes('emscripten') || false;
}

/** A database whose every statement runs as the service's role, in a session of its own or not. */
function asServiceRole(owner: Database): Database {
  const inRole = <Result>(work: (transaction: Transaction) => Promise<Result>) =>
    owner.transaction(async (transaction) => {
      await transaction.execute('set local role audit_service');
      return work(transaction);
    });
  return {
    ...owner,
    query: <Result extends Row>(text: string, parameters?: readonly unknown[]) =>
      inRole((transaction) => transaction.query<Result>(text, parameters)),
    transaction: inRole,
    close: async () => {},
  };
}

const tables = [
  ...['leaves', 'contents', 'contents_0', 'contents_1048576', 'disclosures', 'holds'],
  ...['purges', 'partitions', 'partition_periods'],
];

const changes = [
  ...tables.flatMap((table) => [`delete from audit.${table}`, `truncate audit.${table}`]),
  ...['leaves', 'contents', 'contents_0', 'disclosures', 'holds', 'purges', 'partition_periods'].map(
    (table) => `update audit.${table} set log_id = log_id`,
  ),
  `update audit.contents set record = '{}'`,
  `update audit.contents_0 set actor_id = null`,
  `update audit.leaves set event_hash = decode(repeat('00', 32), 'hex')`,
  `update audit.contents set actor_id = null`,
  `update audit.partitions set end_sequence = end_sequence + 1`,
  `update audit.disclosures set disclosure = null, erased_by = 1`,
  `update audit.holds set released_sequence = 0, released_by = 'me', released_at = now(), release_reason = ''`,
  `truncate audit.leaves, audit.contents, audit.disclosures, audit.holds`,
  `insert into audit.holds select * from audit.holds on conflict (log_id, placed_sequence) do update set reason = ''`,
];

const calls = [
  ...['place_hold', 'release_hold', 'purge_records', 'purge_rows', 'purge_partition', 'erase_members'].map(
    (name) => `select audit.${name}(records, '{}') from audit.records limit 1`,
  ),
  'select audit.admit_partition(0, 1, now())',
];

const detachments = [
  'alter table audit.contents detach partition audit.contents_0',
  'drop table audit.contents_0',
  'drop trigger contents_unchanged on audit.contents_0',
  'create table audit.contents_mine partition of audit.contents for values from (9000000) to (9000001)',
];

describeDatabases('what is stored', (open) => {
  it('is changed by nobody, a superuser included', async () => {
    const server = await startTestServer(open);
    await fill(server);
    const before = await server.records();
    for (const change of changes) {
      await expect(server.database.query(change), change).rejects.toMatchObject({
        code: '23001',
        message: expect.stringMatching(/^(UPDATE|DELETE|TRUNCATE) of audit\.\w+ is refused for every role/),
      });
    }
    expect(await server.records()).toEqual(before);
    expect(await checkChain(server.database)).toBe(3);
  });

  it('is not purged, erased or released by calling what the events call', async () => {
    const server = await startTestServer(open);
    await fill(server);
    const before = await server.records();
    const purge = JSON.stringify({
      records_purged: 1,
      ranges: [{ first_sequence: 0, last_sequence: 0 }],
      default_retention_days: 2555,
      category_retention_days: [],
    });
    const erase = JSON.stringify({
      despite_hold: true,
      members_erased: 1,
      members: [{ sequence: 1, pointer: '/actor_id' }],
    });
    const release = JSON.stringify({ release_reason: 'a', hold_sequence: 2 });
    for (const [name, payload] of Object.entries({
      purge_records: purge,
      erase_members: erase,
      release_hold: release,
    })) {
      const call = `select audit.${name}(records, $1::jsonb) from audit.records where sequence = 2`;
      await expect(server.database.query(call, [payload]), name).rejects.toMatchObject({ code: '23001' });
    }
    expect(await server.records()).toEqual(before);
  });

  it('is served by a role that may add records and nothing else', async () => {
    const past = Date.parse('2018-01-01T00:00:00Z');
    const owner = await open();
    const first = await startTestServer(async () => owner, { retention: 'off', now: () => past });
    await owner.transaction((transaction) => transaction.execute(serviceRole));
    await owner.transaction((transaction) => transaction.execute(serviceRole));
    // PGlite copies from a file, which takes a right of its own; nothing else is added to the role.
    if (await isEmbedded(owner)) await owner.query('grant pg_read_server_files to audit_service');
    await first.post(
      '/api/v1/audit/events',
      sampleEvent({ correlation_id: 'rr-old', event_timestamp: '2018-01-01T00:00:00Z' }),
    );

    const service = asServiceRole(owner);
    const server = await startTestServer(async () => service, { retentionIntervalMs: 10 });
    await fill(server);
    await expect
      .poll(
        async () => (await service.query('select from audit.records where purged_by is not null')).length,
        {
          timeout: 20_000,
        },
      )
      .toBe(1);
    expect((await server.delete(`${holds}/rr-1`, { release_reason: 'Settled.' })).status).toBe(200);
    const erased = await server.post('/api/v1/audit/personal-data/erase', {
      subject: 'payments-oncall@example.com',
      reason: 'Article 17.',
    });
    expect(erased.status).toBe(200);
    for (const change of [
      ...changes,
      ...calls,
      ...detachments,
      `insert into audit.contents_0 select * from audit.contents_0`,
      `insert into audit.purges values ('default', 0, 0, 0)`,
      `insert into audit.partitions values (9000000, 9000001, now())`,
      `insert into audit.partition_periods values (0, 'default', 'analysis', null, '-infinity')`,
      `insert into audit.holds values ('default', 0, 'rr-1', 'me', now(), '')`,
      `insert into audit.retention_policies values ('gateway', 1)`,
      `update audit.retention_policies set retention_days = 1`,
      `update audit.logs set log_id = 'other'`,
      'delete from audit.logs',
      'drop table audit.contents',
      'alter table audit.contents disable trigger all',
      'create temp table mine as select * from audit.contents; create trigger mine after insert on mine for each row execute function audit.obey_event()',
    ]) {
      await expect(
        owner.transaction(async (transaction) => {
          await transaction.execute('set local role audit_service');
          await transaction.execute(change);
        }),
        change,
      ).rejects.toMatchObject({ code: '42501' });
    }
    await expect(
      startTestServer(async () => service, { retention: { defaultDays: 1, categoryDays: {} } }),
    ).rejects.toThrow(
      'the role of the database may not set the retention policy: set it as the owner of the schema',
    );
    await checkChain(owner);
  });

  it('is not migrated by the role of the service, which is told what to do', async () => {
    const owner = await open();
    const migrations = readMigrations();
    const later = [...migrations, { version: 9_000, name: 'later', text: 'select 1' }];
    await migrate(owner, migrations);
    await owner.transaction((transaction) => transaction.execute(serviceRole));
    await expect(migrate(asServiceRole(owner), later)).rejects.toThrow(
      'the database is older than this server and its role may not migrate it: run audit-server migrate as its owner',
    );
    await migrate(owner, later);
    expect(await migrate(asServiceRole(owner), later)).toEqual([]);
    await owner.close();
  });
});
