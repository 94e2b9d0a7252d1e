import { writeFileSync } from 'node:fs';
import {
  formatTilePath,
  generateKey,
  leafHash,
  MerkleFrontier,
  parseEntryBundle,
  tilesOfSize,
  verifyCheckpoint,
} from '@audit/integrity';
import { expect, it } from 'vitest';
import { describeDatabases } from '../test-support/describe-databases.ts';
import { sampleEvent } from '../test-support/sample-events.ts';
import { signingKeyFile } from '../test-support/signing-key.ts';
import { startTestServer, type TestServer } from '../test-support/test-server.ts';
import { startTestWitness } from '../test-support/test-witness.ts';
import { storeTiles } from '../tree/store-tiles.ts';

const batch = '/api/v1/audit/events/batch';

async function store(server: TestServer, events: number): Promise<void> {
  for (let rest = events; rest > 0; rest -= 500) {
    const body = Array.from({ length: Math.min(rest, 500) }, () => sampleEvent());
    expect((await server.post(batch, body)).status).toBe(201);
  }
}

/** Hashes of all records, computed from their bytes. */
async function leavesOf(server: TestServer): Promise<string[]> {
  const rows = await server.database.query<{ record: string }>(
    'select record::text as record from audit.records order by records.sequence',
  );
  return rows.map(({ record }) => leafHash(record));
}

function rootOf(leaves: readonly string[]): string {
  const tree = new MerkleFrontier();
  for (const leaf of leaves) tree.append(leaf);
  return tree.root();
}

async function keyOf(server: TestServer): Promise<string> {
  const answer = await server.send('GET', '/api/v1/audit/log-keys');
  return (JSON.parse(answer.text) as { keys: [{ key: string }] }).keys[0].key;
}

describeDatabases('checkpoints and tiles', (open) => {
  it('the checkpoint is signed over every record that was acknowledged, from the empty log on', async () => {
    const server = await startTestServer(open);
    const trust = { keys: [await keyOf(server)], origin: 'audit.local/default' };
    for (const events of [0, 1, 2, 4, 500]) {
      if (events > 0) await store(server, events);
      const answer = await server.send('GET', '/checkpoint');
      expect(answer.headers).toMatchObject({
        'content-type': 'text/plain; charset=utf-8',
        'cache-control': 'no-cache',
      });
      const leaves = await leavesOf(server);
      expect(await verifyCheckpoint(answer.text, trust)).toMatchObject({
        verdict: 'consistent_unwitnessed',
        checkpoint: { size: leaves.length, root: rootOf(leaves) },
      });
    }
  });

  it('tiles hold the hashes of the tree, computed or published, and full ones may be cached for ever', async () => {
    const server = await startTestServer(open);
    await store(server, 700);
    const leaves = await leavesOf(server);
    const expected = new Map<string, string>();
    const tiles = tilesOfSize(leaves.length);
    for (const { level, index, width } of tiles) {
      const span = 256 ** level;
      const hashes = Array.from({ length: width }, (_, at) =>
        rootOf(leaves.slice((index * 256 + at) * span, (index * 256 + at + 1) * span)),
      );
      expected.set(`/${formatTilePath({ level, index, width })}`, hashes.join(''));
    }
    expect([...expected.keys()]).toEqual([
      '/tile/0/000',
      '/tile/0/001',
      '/tile/0/002.p/188',
      '/tile/1/000.p/2',
    ]);
    for (const publish of [async () => {}, () => storeTiles(server.database, 'default')]) {
      await publish();
      for (const [path, hashes] of expected) {
        const answer = await server.send('GET', path);
        expect([answer.status, answer.bytes.toString('hex')]).toEqual([200, hashes]);
        expect(answer.headers['cache-control']).toBe(
          path.includes('.p/') ? 'public, max-age=60' : 'public, max-age=31536000, immutable',
        );
      }
    }
    const [{ count }] = (await server.database.query<{ count: number }>(
      'select count(*)::integer as count from audit.tiles',
    )) as [{ count: number }];
    expect(count).toBe(2);
  });

  it('answers 404 for tiles that are not there yet or never will be', async () => {
    const server = await startTestServer(open);
    await store(server, 300);
    const paths = [
      '0/001',
      '0/001.p/45',
      '0/002.p/1',
      '1/000',
      '1/000.p/2',
      '2/000.p/1',
      '64/000',
      '0/0',
      '0/000.p/256',
    ];
    for (const path of [...paths, 'entries/001', 'entries/002.p/1', '', '0']) {
      expect((await server.send('GET', `/tile/${path}`)).status, path).toBe(404);
    }
    expect((await server.send('POST', '/checkpoint', '')).status).toBe(405);
  });

  it('bundles hold the bytes of the records, and are not there when one is too large', async () => {
    const server = await startTestServer(open);
    await store(server, 260);
    const records = await server.database.query<{ record: string }>(
      'select record::text as record from audit.records order by records.sequence',
    );
    for (const [path, begin, end] of [
      ['000', 0, 256],
      ['001.p/4', 256, 260],
    ] as const) {
      const answer = await server.send('GET', `/tile/entries/${path}`);
      const entries = parseEntryBundle(answer.bytes).map((entry) => Buffer.from(entry).toString());
      expect(entries).toEqual(records.slice(begin, end).map(({ record }) => record));
    }
    const large = sampleEvent({
      event_data: {
        event_type: 'aianalysis.phase.transition',
        old_phase: 'x'.repeat(70_000),
        new_phase: 'Investigating',
      } as never,
    });
    const status = (await server.post('/api/v1/audit/events', large)).status;
    expect(status).toBe(201);
    expect((await server.send('GET', '/tile/entries/001.p/5')).status).toBe(404);
    expect((await server.send('GET', '/tile/entries/001.p/4')).status).toBe(200);
  });

  it('full tiles are stored and the checkpoint is cosigned soon after the log has grown, without being asked', async () => {
    const signingKey = { file: signingKeyFile() };
    const { signerKey, verifierKey } = await generateKey('audit.local/default');
    writeFileSync(signingKey.file, signerKey);
    const { witness } = await startTestWitness(() => verifierKey);
    const server = await startTestServer(open, { signingKey, witnesses: [witness] });
    await store(server, 256);
    const tiles = () => server.database.query('select level::integer, tile_index::integer from audit.tiles');
    await expect.poll(tiles, { timeout: 10_000 }).toEqual([{ level: 0, tile_index: 0 }]);
    const trust = { keys: [verifierKey], witnesses: [witness.verifier.text] };
    const verdict = async () =>
      (await verifyCheckpoint((await server.send('GET', '/checkpoint')).text, trust)).verdict;
    await expect.poll(verdict, { timeout: 10_000 }).toBe('proven');
  });

  it('three servers that write one log keep one tree', async () => {
    const database = await open();
    const shared = async () => ({ ...database, close: async () => {} });
    const signingKey = { file: signingKeyFile() };
    const servers = await Promise.all([0, 1, 2].map(() => startTestServer(shared, { signingKey })));
    const sent = Array.from({ length: 60 }, (_, at) => {
      const server = servers[at % 3] as TestServer;
      return server.post(
        batch,
        Array.from({ length: 10 }, () => sampleEvent()),
      );
    });
    expect(new Set((await Promise.all(sent)).map(({ status }) => status))).toEqual(new Set([201]));
    const [server] = servers as [TestServer];
    const leaves = await leavesOf(server);
    const { text } = await server.send('GET', '/checkpoint');
    const report = await verifyCheckpoint(text, { keys: [await keyOf(server)] });
    expect(report.checkpoint).toMatchObject({ size: 600, root: rootOf(leaves) });
    await Promise.all([0, 1, 2].map(() => storeTiles(database, 'default')));
    expect((await server.send('GET', '/tile/0/001')).bytes.toString('hex')).toBe(
      leaves.slice(256, 512).join(''),
    );
  });
});
