import { chooseSample, type PackReport, type Trust, verifyPack } from '@audit/integrity';
import type { AuditRecord, LogKeysResponse } from '@audit/schema';
import { expect, it } from 'vitest';
import { days } from '../test-support/clock.ts';
import { describeDatabases } from '../test-support/describe-databases.ts';
import { startPurgingServer } from '../test-support/purging-server.ts';
import { sampleEvent } from '../test-support/sample-events.ts';
import { signingKeyFile } from '../test-support/signing-key.ts';
import { problemOf, startTestServer, type TestAnswer, type TestServer } from '../test-support/test-server.ts';
import { startTestWitness } from '../test-support/test-witness.ts';

const path = '/api/v1/audit/evidence-pack';
const unknownId = '019bbbad-4606-7c83-8695-a8e7c7176213';

async function packFrom(server: TestServer, query = ''): Promise<TestAnswer> {
  const answer = await server.send('GET', `${path}?${query}`);
  expect([answer.status, answer.headers['content-type']], answer.text.slice(0, 500)).toEqual([
    200,
    'application/vnd.audit-pack; charset=utf-8',
  ]);
  return answer;
}

async function trustOf(server: TestServer): Promise<Trust> {
  const { text } = await server.send('GET', '/api/v1/audit/log-keys');
  return { keys: (JSON.parse(text) as LogKeysResponse).keys };
}

/** Stores events of seven correlations that take turns, more than one batch and one tile hold. */
async function fill(server: TestServer, events: number): Promise<string[]> {
  const batch = Array.from({ length: events }, (_, index) =>
    sampleEvent({ correlation_id: `rr-${index % 7}`, resource_id: `é😀\u2028"\\\n${index}` }),
  );
  expect((await server.post('/api/v1/audit/events/batch', batch)).status).toBe(201);
  return batch.map(({ event_id = '' }) => event_id);
}

async function lastEvent(server: TestServer): Promise<Partial<AuditRecord>> {
  const { text } = await server.send('GET', '/api/v1/audit/events?limit=1');
  return (JSON.parse(text) as { data: [AuditRecord] }).data[0];
}

const held = ({ checks }: PackReport) =>
  checks.filter(({ outcome }) => outcome === 'holds').map(({ statement }) => statement);
const open = ({ checks }: PackReport) =>
  checks.filter(({ outcome }) => outcome !== 'holds').map(({ statement }) => statement);

describeDatabases('an evidence pack', (openDatabase) => {
  it('proves what was asked for with the key of the log alone, says what it only states, and is told of', async () => {
    const server = await startTestServer(openDatabase, { now: () => Date.parse('2026-02-01T00:00:00Z') });
    const eventIds = await fill(server, 300);
    const trust = await trustOf(server);
    const sample = chooseSample({ seed: 'Audit 4711', size: 9, begin: 40, end: 300 });
    const cases = [
      {
        query: '',
        records: 301,
        told: { population: 'range' },
        manifest: { kind: 'range', begin: 0, end: 301 },
        holds: 'all 301 records of sequence 0 to 300 are here',
      },
      {
        query: 'from_sequence=200&to_sequence=259',
        records: 60,
        told: { population: 'range', from_sequence: 200, to_sequence: 259 },
        manifest: { kind: 'range', begin: 200, end: 260 },
        holds: 'all 60 records of sequence 200 to 259 are here',
      },
      {
        query: 'from_sequence=299&to_sequence=9007199254740991',
        records: 4,
        told: { population: 'range', from_sequence: 299, to_sequence: 9_007_199_254_740_991 },
        manifest: { kind: 'range', begin: 299, end: 303 },
        holds: 'all 4 records of sequence 299 to 302 are here',
      },
      {
        query: `event_id=${eventIds[41]}`,
        records: 1,
        told: { population: 'range', from_sequence: 41, to_sequence: 41 },
        manifest: { kind: 'range', begin: 41, end: 42 },
        correlation: 'rr-6',
        holds: 'all 1 records of sequence 41 to 41 are here',
      },
      {
        query: 'correlation_id=rr-3',
        records: 44,
        told: { population: 'correlation', filter: { correlation_id: 'rr-3' } },
        manifest: { kind: 'correlation', correlation_id: 'rr-3', closed_by: 304 },
        correlation: 'rr-3',
        holds: 'record 304, in which the service tells of this export, follows them all',
      },
      {
        query: 'seed=Audit%204711&sample_size=9&from_sequence=40&to_sequence=299',
        records: 9,
        sequences: sample,
        told: {
          population: 'sample',
          from_sequence: 40,
          to_sequence: 299,
          seed: 'Audit 4711',
          sample_size: 9,
        },
        manifest: { kind: 'sample', begin: 40, end: 300, seed: 'Audit 4711', size: 9 },
        holds: 'the 9 records are those of sequence 40 to 299 that seed "Audit 4711" chooses',
      },
      {
        query: 'event_type=aianalysis.phase.transition&correlation_id=rr-1&since=90d&to_sequence=299',
        records: 43,
        told: {
          population: 'filter',
          to_sequence: 299,
          filter: {
            correlation_id: 'rr-1',
            event_type: 'aianalysis.phase.transition',
            since: '2025-11-03T00:00:00.000Z',
          },
        },
        manifest: {
          kind: 'filter',
          begin: 0,
          end: 300,
          filter: {
            correlation_id: 'rr-1',
            event_type: 'aianalysis.phase.transition',
            since: '2025-11-03T00:00:00.000Z',
          },
        },
        correlation: 'rr-1',
        holds: 'the log holds these 43 records, unchanged',
      },
    ];
    for (const [turn, expected] of cases.entries()) {
      const { text, headers } = await packFrom(server, expected.query);
      const report = await verifyPack([text], { trust });
      expect(report.failure, expected.query).toBeUndefined();
      expect(report).toMatchObject({
        verdict: 'consistent_unwitnessed',
        records: expected.records,
        purged: 0,
        disclosures: 0,
        manifest: {
          origin: 'audit.local/default',
          log_id: 'default',
          population: expected.manifest,
          created_at: '2026-02-01T00:00:00.000Z',
          created_by: 'datastorage',
          disclosures: 'withheld',
        },
      });
      expect(held(report)).toContain(expected.holds);
      if (expected.sequences !== undefined) {
        const lines = text.split('\n').filter((line) => line.startsWith('{'));
        expect(lines.map((line) => JSON.parse(line).sequence)).toEqual(expected.sequences);
      }
      expect([headers['audit-log-id'], headers['audit-log-size'], headers['content-disposition']]).toEqual([
        'default',
        String(301 + turn),
        `attachment; filename="audit-default-${300 + turn}.pack"`,
      ]);
      expect(await lastEvent(server)).toMatchObject({
        event_type: 'datastorage.records.exported',
        correlation_id: expected.correlation ?? 'export:default',
        actor_id: 'anonymous',
        sequence: 300 + turn,
        event_data: {
          event_type: 'datastorage.records.exported',
          format: 'pack',
          ...expected.told,
          disclosures: 'withheld',
        },
      });
    }
  });

  it('states what nobody can prove of a filter and of a trail', async () => {
    const server = await startTestServer(openDatabase);
    await fill(server, 9);
    const trust = await trustOf(server);
    const filtered = await verifyPack([(await packFrom(server, 'event_category=analysis')).text], { trust });
    expect(open(filtered)).toContain(
      'no record of sequence 0 to 9 that matches {"event_category":"analysis"} is left out',
    );
    const trail = await verifyPack([(await packFrom(server, 'correlation_id=rr-1')).text], { trust });
    expect(open(trail)).toContain('rr-1 has no second chain elsewhere in the log');
    expect(trail.records).toBe(3);
    // The service's own trail is closed by its event like any other.
    const exports = await verifyPack([(await packFrom(server, 'correlation_id=export:default')).text], {
      trust,
    });
    expect([exports.verdict, exports.records]).toEqual(['consistent_unwitnessed', 2]);
  });

  it('is proven where a witness cosigned its checkpoint, and names the keys to look for', async () => {
    let trust: Trust = { keys: [] };
    const logKey = () => {
      const [first] = trust.keys;
      return typeof first === 'string' ? first : (first?.key ?? '');
    };
    const witness = await startTestWitness(logKey);
    const server = await startTestServer(openDatabase, { witnesses: [witness.witness] });
    trust = await trustOf(server);
    await fill(server, 5);
    const { text } = await packFrom(server, 'correlation_id=rr-1');
    const witnessKey = witness.witness.verifier.text;
    expect(await verifyPack([text], { trust: { ...trust, witnesses: [witnessKey] } })).toMatchObject({
      verdict: 'proven',
      records: 2,
      checkpoint: { checkpoint: { size: 6 } },
    });
    const keyLines = text.split('\n').filter((line) => line.startsWith('#key '));
    expect(keyLines.map((line) => JSON.parse(line.slice('#key '.length)))).toEqual([
      { key: logKey(), from: 0, use: 'log' },
      { key: witnessKey, use: 'witness' },
    ]);
    witness.fault = { status: 500, body: '' };
    const unwitnessed = await packFrom(server, 'correlation_id=rr-1');
    expect(
      await verifyPack([unwitnessed.text], { trust: { ...trust, witnesses: [witnessKey] } }),
    ).toMatchObject({
      verdict: 'consistent_unwitnessed',
      records: 3,
      checkpoint: { checkpoint: { size: 7 } },
    });
  });

  it('keeps the places and hashes of purged records, and names the record of the purge', async () => {
    const { server, clock, old } = await startPurgingServer(openDatabase);
    await server.post('/api/v1/audit/events/batch', [
      sampleEvent({ ...old, correlation_id: 'rr-b' }),
      sampleEvent({ ...old, correlation_id: 'rr-a', retention_days: 99 }),
      sampleEvent({ ...old, correlation_id: 'rr-a' }),
      sampleEvent({ ...old, correlation_id: 'rr-a', retention_days: 99 }),
    ]);
    clock.time += days(9);
    const purges = async () =>
      (await server.records()).filter(({ event_type }) => event_type === 'datastorage.retention.purged')
        .length;
    await expect.poll(purges, { timeout: 20_000 }).toBe(1);
    const trust = await trustOf(server);
    const verify = async (query: string) => verifyPack([(await packFrom(server, query)).text], { trust });
    const sound = { verdict: 'consistent_unwitnessed', purgedBy: [4], failure: undefined };
    expect(await verify('')).toMatchObject({ ...sound, records: 4, purged: 2 });
    expect(await verify('correlation_id=rr-a')).toMatchObject({ ...sound, records: 3, purged: 1 });
    expect(await verify('seed=s&sample_size=5&to_sequence=4')).toMatchObject({
      ...sound,
      records: 3,
      purged: 2,
    });
    expect(await verify('event_category=analysis')).toMatchObject({
      ...sound,
      records: 2,
      purged: 0,
      purgedBy: [],
    });
  });

  it('refuses what makes no sense or is not there, names it, and tells of no export', async () => {
    const server = await startTestServer(openDatabase);
    await fill(server, 9);
    const faulty: [string, string[]][] = [
      ['format=pack', ['/format']],
      ['disclosures=all', ['/disclosures']],
      ['event_id=7', ['/event_id']],
      ['from_sequence=5&to_sequence=4', ['/to_sequence']],
      [`event_id=${unknownId}&severity=info&to_sequence=4`, ['/severity', '/to_sequence']],
      [`event_id=${unknownId}&seed=s&sample_size=1`, ['/seed', '/sample_size']],
      ['seed=s', ['/sample_size']],
      ['sample_size=4', ['/seed']],
      ['seed=&sample_size=4', ['/seed']],
      ['seed=s&sample_size=0', ['/sample_size']],
      ['seed=s&sample_size=10001', ['/sample_size']],
      ['seed=s&sample_size=2&correlation_id=rr-1', ['/correlation_id']],
      ['seed=s&sample_size=6&from_sequence=1&to_sequence=5', ['/sample_size']],
      ['seed=s&sample_size=11', ['/sample_size']],
    ];
    for (const [query, pointers] of faulty) {
      const answer = await server.send('GET', `${path}?${query}`);
      expect([answer.status, problemOf(answer).errors?.map(({ pointer }) => pointer)], query).toEqual([
        400,
        pointers,
      ]);
    }
    for (const query of [`event_id=${unknownId}`, 'correlation_id=rr-none', 'from_sequence=10']) {
      expect((await server.send('GET', `${path}?${query}`)).status, query).toBe(404);
    }
    expect((await server.send('POST', path)).headers.allow).toBe('GET');
    expect(await server.records()).toHaveLength(9);
    const all = await packFrom(server, 'seed=s&sample_size=10');
    expect(await verifyPack([all.text], { trust: await trustOf(server) })).toMatchObject({ records: 10 });
  });

  it('verifies across a change of the key, also one that happens while it is made', async () => {
    const database = await openDatabase();
    const shared = async () => ({ ...database, close: async () => {} });
    const file = signingKeyFile();
    let meanwhile: (() => Promise<void>) | undefined;
    const server = await startTestServer(
      async () => ({
        ...(await shared()),
        async query<Result extends Record<string, unknown>>(text: string, parameters?: readonly unknown[]) {
          if (text.includes('limit 256') && meanwhile !== undefined) {
            const happens = meanwhile;
            meanwhile = undefined;
            await happens();
          }
          return database.query<Result>(text, parameters);
        },
      }),
      { signingKey: { file } },
    );
    await fill(server, 9);
    let later: TestServer | undefined;
    meanwhile = async () => {
      later = await startTestServer(shared, { signingKey: { file: signingKeyFile(), rotate: true } });
    };
    const during = await packFrom(server, 'correlation_id=rr-1');
    const trust = await trustOf(server);
    expect(trust.keys).toHaveLength(2);
    expect(await verifyPack([during.text], { trust })).toMatchObject({
      verdict: 'consistent_unwitnessed',
      records: 3,
      checkpoint: { checkpoint: { size: 10 } },
    });
    expect((await server.send('GET', path)).status).toBe(503);
    if (later === undefined) throw new Error('nothing was read');
    const after = await verifyPack([(await packFrom(later)).text], { trust });
    expect([after.verdict, after.records]).toEqual(['consistent_unwitnessed', 12]);
    expect(after.signedBy).not.toEqual((await verifyPack([during.text], { trust })).signedBy);
    await database.close();
  });

  it('is not begun without its event, and is cut off when it fails on its way', async () => {
    const failing = { write: false, readAt: Number.POSITIVE_INFINITY };
    const lost = () => new Error('connection terminated');
    let reads = 0;
    const server = await startTestServer(async () => {
      const database = await openDatabase();
      return {
        ...database,
        async load(load) {
          if (failing.write) throw lost();
          await database.load(load);
        },
        async query<Result extends Record<string, unknown>>(text: string, parameters?: readonly unknown[]) {
          if (text.includes('limit 256') && reads++ >= failing.readAt) throw lost();
          return database.query<Result>(text, parameters);
        },
      };
    });
    await fill(server, 300);
    failing.write = true;
    for (const refused of [path, '/api/v1/audit/export']) {
      expect((await server.send('GET', refused)).status).toBe(503);
    }
    expect(reads).toBe(0);
    failing.write = false;
    failing.readAt = 0;
    expect((await server.send('GET', path)).status).toBe(503);
    failing.readAt = reads + 1;
    const cut = await fetch(`${server.url}${path}`);
    expect(cut.status).toBe(200);
    await expect(cut.text()).rejects.toThrow('terminated');
  });
});
