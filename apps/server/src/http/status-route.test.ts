import { createDatabase, type PostgresServer, startPostgres } from '@audit/environments';
import { cosignCheckpoint, generateKey, importSigner } from '@audit/integrity';
import type { AuditStatus } from '@audit/schema';
import { beforeAll, expect, it } from 'vitest';
import { openPostgres } from '../store/postgres.ts';
import { describeDatabases } from '../test-support/describe-databases.ts';
import { sampleEvent } from '../test-support/sample-events.ts';
import { startTestServer, type TestServer } from '../test-support/test-server.ts';
import { createTestSpool } from '../test-support/test-spool.ts';
import { addCosignature } from '../witness/cosignature-store.ts';
import { parseWitness } from '../witness/parse-witness.ts';

const path = '/api/v1/audit/status';
const now = () => Date.parse('2026-01-15T12:30:00Z');

async function statusOf(server: TestServer): Promise<AuditStatus> {
  const answer = await server.send('GET', path);
  expect([answer.status, answer.headers['cache-control']], answer.text).toEqual([200, 'no-store']);
  // The answer was checked against the contract.
  return JSON.parse(answer.text) as AuditStatus;
}

async function createWitness(name: string) {
  const { signerKey, verifierKey } = await generateKey(name, 'cosignature');
  // Nobody listens there: what it has cosigned is put into the store.
  const witness = parseWitness(`url=http://127.0.0.1:9,key=${verifierKey}`);
  if (witness === undefined) throw new Error('the witness is not written as one');
  return { witness, signer: await importSigner(signerKey) };
}

describeDatabases('the status', (open) => {
  it('of an empty log has figures for everything', async () => {
    const server = await startTestServer(open, { now });
    expect(await statusOf(server)).toEqual({
      timestamp: '2026-01-15T12:30:00.000Z',
      log_id: 'default',
      status: 'ready',
      queue: { events: 0, characters: 0 },
      log: {
        size: 0,
        newest_received_at: null,
        lag: { records: 0, median_ms: null, max_ms: null },
        tiles: 0,
        holds: 0,
        witnesses: [],
      },
    });
  });

  it('tells how far the checkpoint is, how late events came, and who is on hold', async () => {
    const server = await startTestServer(open);
    const happened = [60_000, 3_600_000, -30_000].map((age) =>
      sampleEvent({ event_timestamp: new Date(Date.now() - age).toISOString(), correlation_id: 'rr-1' }),
    );
    expect((await server.post('/api/v1/audit/events/batch', happened)).status).toBe(201);
    const hold = { correlation_id: 'rr-1', reason: 'Litigation 17.' };
    expect((await server.post('/api/v1/audit/legal-hold', hold)).status).toBe(200);
    const records = await server.records();
    const late = records
      .map(({ received_at, event_timestamp }) => Date.parse(received_at) - Date.parse(event_timestamp))
      .map((milliseconds) => Math.max(0, milliseconds))
      .toSorted((a, b) => a - b);
    expect((await statusOf(server)).log).toEqual({
      size: 4,
      newest_received_at: records[3]?.received_at,
      lag: { records: 4, median_ms: late[1], max_ms: late[3] },
      tiles: 0,
      holds: 1,
      witnesses: [],
    });
    expect(late[3]).toBeGreaterThanOrEqual(3_600_000);
  });

  it('measures lateness by the newest 100 positions', async () => {
    const server = await startTestServer(open);
    const batchOf = (age: number, length: number) =>
      Array.from({ length }, () =>
        sampleEvent({ event_timestamp: new Date(Date.now() - age).toISOString() }),
      );
    for (const events of [batchOf(86_400_000, 50), batchOf(1_000, 100)])
      expect((await server.post('/api/v1/audit/events/batch', events)).status).toBe(201);
    const lag = (await statusOf(server)).log?.lag;
    expect(lag?.records).toBe(100);
    expect(lag?.max_ms).toBeLessThan(86_400_000);
  });

  it('names each witness with the checkpoint that it cosigned last', async () => {
    const [asked, silent] = [
      await createWitness('witness.test/one'),
      await createWitness('witness.test/two'),
    ];
    const server = await startTestServer(open, { witnesses: [asked.witness, silent.witness] });
    await server.post('/api/v1/audit/events', sampleEvent());
    const checkpoint = (await server.send('GET', '/checkpoint')).text;
    const cosigned = await cosignCheckpoint(checkpoint, asked.signer, 1_800_000_000);
    await addCosignature(server.database, 'default', {
      witnessKey: asked.witness.verifier.text,
      size: 1,
      checkpoint,
      signature: cosigned.slice(checkpoint.length),
    });
    expect((await statusOf(server)).log?.witnesses).toEqual([
      { name: 'witness.test/one', size: 1, cosigned_at: '2027-01-15T08:00:00.000Z' },
      { name: 'witness.test/two', size: 0, cosigned_at: null },
    ]);
  });
});

let postgres: PostgresServer;

beforeAll(async () => {
  postgres = await startPostgres();
  return () => postgres.stop();
});

it('tells what waits while the database is away, and that it does', async () => {
  const url = await createDatabase(postgres.url);
  const spool = createTestSpool();
  const server = await startTestServer(async () => openPostgres({ url, onIdleError: () => {} }), {
    now,
    spools: { spool, quotaBytes: 1_000_000 },
  });
  const connected = await statusOf(server);
  expect([connected.spool?.state, connected.spool?.quota_bytes, connected.log?.size]).toEqual([
    'connected',
    1_000_000,
    0,
  ]);
  await postgres.kill();
  server.database.disconnect();
  // The clock of the server stands still; the event is as old as it.
  const event = sampleEvent({ event_timestamp: '2026-01-15T12:30:00Z' });
  expect((await server.post('/api/v1/audit/events', event)).status).toBe(202);
  const { bytes, occupiedBytes } = spool.statistics();
  expect(await statusOf(server)).toEqual({
    timestamp: '2026-01-15T12:30:00.000Z',
    log_id: 'default',
    status: 'degraded',
    reason: 'database_unreachable',
    queue: { events: 0, characters: 0 },
    spool: {
      state: 'away',
      requests: 1,
      bytes,
      occupied_bytes: occupiedBytes,
      quota_bytes: 1_000_000,
      dead_letters: 0,
      damaged_requests: 0,
    },
  });
});
