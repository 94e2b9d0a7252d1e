import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { generateKey } from '@audit/integrity';
import type { AuditRecord, LogKeysResponse } from '@audit/schema';
import { describe, expect, it, onTestFinished } from 'vitest';
import { LogWriter } from '../ingest/log-writer.ts';
import { prepareEvent } from '../record/prepare-event.ts';
import type { Database } from '../store/database.ts';
import { migrate } from '../store/migrate.ts';
import { readMigrations } from '../store/sql.ts';
import { checkTree } from '../test-support/check-tree.ts';
import { describeDatabases } from '../test-support/describe-databases.ts';
import { sampleEvent } from '../test-support/sample-events.ts';
import { signingKeyFile } from '../test-support/signing-key.ts';
import { tamper } from '../test-support/tamper.ts';
import { startTestServer } from '../test-support/test-server.ts';
import { readLogKeys } from './log-key-store.ts';
import { LogTree } from './log-tree.ts';
import type { SigningKeyOptions } from './signing-key-file.ts';

interface OpenLog {
  readonly tree: LogTree;
  /** Stores events, each in a transaction of its own. */
  store(events: number): Promise<void>;
}

async function openLog(database: Database, signingKey: SigningKeyOptions): Promise<OpenLog> {
  await migrate(database);
  const tree = new LogTree({ database, logId: 'default', signingKey, now: Date.now });
  const writer = new LogWriter({ database, logId: 'default', signer: tree });
  onTestFinished(() => writer.close());
  await tree.open((submission) => writer.write([submission]));
  return {
    tree,
    async store(events) {
      const receivedAt = new Date().toISOString();
      for (let at = 0; at < events; at++) await writer.write([[prepareEvent(sampleEvent(), receivedAt)]]);
    },
  };
}

describeDatabases('opening a log', (open, openEmpty) => {
  it('makes a key that only its owner can read, and goes on with it after a restart', async () => {
    const database = await open();
    const file = signingKeyFile();
    const first = await openLog(database, { file });
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readFileSync(file, 'utf8')).toMatch(/^PRIVATE\+KEY\+audit\.local\/default\+[0-9a-f]{8}\+\S+\n$/);
    await first.store(5);
    const second = await openLog(database, { file });
    expect(second.tree.key).toBe(first.tree.key);
    await second.store(4);
    expect(await checkTree(database, first.tree.key)).toBe(9);
  });

  it('names a new log as it is told, and keeps the name for ever', async () => {
    const database = await open();
    const file = signingKeyFile();
    const { tree } = await openLog(database, { file, origin: 'audit.example.com/prod' });
    expect(tree.origin).toBe('audit.example.com/prod');
    expect((await openLog(database, { file })).tree.origin).toBe('audit.example.com/prod');
    await expect(openLog(database, { file, origin: 'other' })).rejects.toThrow(
      'log default is called audit.example.com/prod in its checkpoints and keeps that name: do not call it other',
    );
    await expect(openLog(await open(), { file: signingKeyFile(), origin: 'a b' })).rejects.toThrow(
      'has a space',
    );
  });

  it('refuses another key than the one in use, and a file that is no key', async () => {
    const database = await open();
    const { tree } = await openLog(database, { file: signingKeyFile() });
    const missing = signingKeyFile();
    await expect(openLog(database, { file: missing })).rejects.toThrow(
      `log default is signed by ${tree.key}, and ${missing} has no key: ` +
        'give this server that key, or start it with --rotate-signing-key',
    );
    expect(existsSync(missing)).toBe(false);
    const other = signingKeyFile();
    writeFileSync(other, (await generateKey('audit.local/default')).signerKey);
    await expect(openLog(database, { file: other })).rejects.toThrow(`${other} has audit.local/default+`);
    writeFileSync(other, 'nonsense');
    await expect(openLog(database, { file: other })).rejects.toThrow(`${other} holds no signing key`);
  });

  it('lets servers that start together found a log with one key', async () => {
    const database = await open();
    await migrate(database);
    const file = signingKeyFile();
    const logs = await Promise.all([0, 1, 2].map(() => openLog(database, { file })));
    expect(new Set(logs.map(({ tree }) => tree.key)).size).toBe(1);
    await Promise.all(logs.map((log) => log.store(3)));
    expect(await checkTree(database, logs[0]?.tree.key ?? '')).toBe(9);
  });

  it('builds the tree of a log that an older server wrote', async () => {
    const database = await open();
    const file = signingKeyFile();
    const older = await openLog(database, { file });
    await older.store(7);
    await tamper(
      database,
      'update audit.logs set frontier = null, checkpoint = null',
      'delete from audit.log_keys',
    );
    const { tree, store } = await openLog(database, { file: signingKeyFile() });
    await store(1);
    expect(await checkTree(database, tree.key)).toBe(8);
  });

  it('migrates a log with records that has neither tree nor key', async () => {
    const database = await openEmpty();
    await migrate(
      database,
      readMigrations().filter(({ version }) => version < 3),
    );
    await database.query("insert into audit.logs (log_id) values ('default')");
    const { tree } = await openLog(database, { file: signingKeyFile() });
    expect(await checkTree(database, tree.key)).toBe(0);
  });
});

describeDatabases('changing the key', (open) => {
  it('is an event, signed by the new key, from which on the old one signs nothing', async () => {
    const database = await open();
    const file = signingKeyFile();
    const shared = async () => ({ ...database, close: async () => {} });
    const old = await startTestServer(shared, { signingKey: { file } });
    const oldKey = readFileSync(file, 'utf8');
    await old.post('/api/v1/audit/events', sampleEvent());
    const server = await startTestServer(shared, { signingKey: { file, rotate: true } });
    expect(readFileSync(file, 'utf8')).not.toBe(oldKey);
    const { keys } = JSON.parse((await server.send('GET', '/api/v1/audit/log-keys')).text) as LogKeysResponse;
    expect(keys).toEqual([
      { key: expect.any(String), from: 0, until: 1 },
      { key: expect.any(String), from: 2 },
    ]);
    const [, rotated] = (await server.records()) as [AuditRecord, AuditRecord];
    expect(rotated).toMatchObject({
      event_type: 'datastorage.signing_key.rotated',
      event_data: { previous_key: keys[0]?.key, new_key: keys[1]?.key },
    });
    expect((await old.post('/api/v1/audit/events', sampleEvent())).status).toBe(503);
    expect((await server.post('/api/v1/audit/events', sampleEvent())).status).toBe(201);
    expect(await checkTree(database, keys[1]?.key ?? '')).toBe(3);
    const restarted = await startTestServer(shared, { signingKey: { file } });
    expect((await restarted.post('/api/v1/audit/events', sampleEvent())).status).toBe(201);
  });

  it('takes a key that was lost, or one that is brought along', async () => {
    const database = await open();
    await openLog(database, { file: signingKeyFile() });
    const lost = await openLog(database, { file: signingKeyFile(), rotate: true });
    const file = signingKeyFile();
    const { signerKey, verifierKey } = await generateKey('audit.local/default');
    writeFileSync(file, signerKey);
    const brought = await openLog(database, { file, rotate: true });
    expect(brought.tree.key).toBe(verifierKey);
    expect((await readLogKeys(database, 'default')).map(({ key }) => key).slice(1)).toEqual([
      lost.tree.key,
      verifierKey,
    ]);
    expect(await checkTree(database, verifierKey)).toBe(2);
    const elsewhere = signingKeyFile();
    writeFileSync(elsewhere, (await generateKey('another.log')).signerKey);
    await expect(openLog(database, { file: elsewhere, rotate: true })).rejects.toThrow('is of another.log');
  });

  it('loses neither key when the process dies before or after the event', async () => {
    const database = await open();
    const file = signingKeyFile();
    const { tree } = await openLog(database, { file });
    const dying = new LogTree({
      database,
      logId: 'default',
      signingKey: { file, rotate: true },
      now: Date.now,
    });
    await expect(dying.open(() => Promise.reject(new Error('killed')))).rejects.toThrow('killed');
    expect((await openLog(database, { file })).tree.key).toBe(tree.key);
    const successor = readFileSync(`${file}.next`, 'utf8');
    const dead = new LogTree({
      database,
      logId: 'default',
      signingKey: { file, rotate: true },
      now: Date.now,
    });
    const writer = new LogWriter({ database, logId: 'default', signer: dead });
    onTestFinished(() => writer.close());
    const diesAfter = async (submission: Parameters<LogWriter['write']>[0][number]) => {
      await writer.write([submission]);
      throw new Error('killed');
    };
    await expect(dead.open(diesAfter)).rejects.toThrow('killed');
    const after = await openLog(database, { file });
    expect(readFileSync(file, 'utf8')).toBe(successor);
    expect(existsSync(`${file}.next`)).toBe(false);
    expect(await checkTree(database, after.tree.key)).toBe(1);
  });

  it('happens by its event alone', async () => {
    const database = await open();
    await openLog(database, { file: signingKeyFile() });
    await expect(
      database.query("insert into audit.log_keys values ('default', 5, 'audit.local/default+0+x')"),
    ).rejects.toThrow('a log changes its key by the event datastorage.signing_key.rotated, nothing else');
    for (const statement of ['update audit.log_keys set first_size = 1', 'delete from audit.log_keys']) {
      await expect(database.query(statement)).rejects.toThrow('is refused for every role');
    }
  });
});

describe('a log that was changed while no server ran', () => {
  const forged = [
    `insert into audit.leaves
     select log_id, 6, gen_random_uuid(), correlation_id, event_hash from audit.leaves where sequence = 5`,
    `insert into audit.contents select (jsonb_populate_record(contents, '{"sequence":6}')).*
     from audit.contents where sequence = 5`,
  ] as const;
  const deleted = [
    'delete from audit.leaves where sequence = 5',
    'delete from audit.contents where sequence = 5',
  ];
  const changed = 'does not verify with audit.local/default+';
  const cases: readonly (readonly [string, readonly string[], string])[] = [
    ['a record put in beyond the end', forged, 'record 6 lies beyond the 6 that were signed'],
    ['contents put in beyond the end', forged.slice(1), 'record 6 lies beyond the 6 that were signed'],
    [
      'a record put in, with the end moved',
      [...forged, "update audit.logs set size = 7, last_event_hash = ''"],
      'it has 7 records and a checkpoint over 6',
    ],
    ['the last record deleted', deleted, 'its last record, 5, is gone'],
    [
      'the contents of the last record deleted without a purge',
      deleted.slice(1),
      'its last record, 5, is gone',
    ],
    [
      'the tail deleted, with the end moved',
      [...deleted, 'update audit.logs set size = 5'],
      'it has 5 records and a checkpoint over 6',
    ],
    [
      'the last record changed',
      [`update audit.contents set record = '{}' where sequence = 5`],
      'its last record, 5, was changed',
    ],
    [
      'the last record changed, with its hash and the end',
      [
        `update audit.contents set record = '{}' where sequence = 5`,
        `update audit.leaves set event_hash = sha256('\\x007b7d') where sequence = 5`,
        `update audit.logs set last_event_hash = encode(sha256('\\x007b7d'), 'hex')`,
      ],
      'its last record, 5, is not in the signed tree',
    ],
    [
      'another size signed',
      [`update audit.logs set checkpoint = replace(checkpoint, E'\\n6\\n', E'\\n7\\n')`],
      changed,
    ],
    [
      'another tree',
      [`update audit.logs set frontier = sha256('a') || sha256('b')`],
      'its tree is not the signed one',
    ],
    ['hashes of no tree', [`update audit.logs set frontier = sha256('a')`], 'its tree is not the signed one'],
    [
      'a leaf put in before the first',
      [forged[0].replace('log_id, 6,', 'log_id, -1,')],
      'record -1 lies beyond the 6 that were signed',
    ],
    [
      'a tile put in that it has not filled',
      [
        `insert into audit.tiles select log_id, 0, 0, decode(repeat('00', 8192), 'hex'), event_hash
          from audit.records where sequence = 0`,
      ],
      'it has tiles of level 0 beyond its end',
    ],
    ['its keys gone', ['delete from audit.log_keys'], 'its keys are gone'],
    ['the checkpoint gone', ["update audit.logs set checkpoint = ''"], changed],
  ];

  describeDatabases('is not opened', (open) => {
    it.each(cases)('%s', async (_name, statements, reason) => {
      const database = await open();
      const file = signingKeyFile();
      const { store } = await openLog(database, { file });
      await store(6);
      await tamper(database, ...statements);
      await expect(openLog(database, { file })).rejects.toMatchObject({
        name: 'EvidenceError',
        message: expect.stringContaining(reason),
      });
    });
  });
});
