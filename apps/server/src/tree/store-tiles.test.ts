import { leafHash, MerkleFrontier, proveInclusion, verifyInclusion } from '@audit/integrity';
import { expect, it } from 'vitest';
import type { Database } from '../store/database.ts';
import { migrate } from '../store/migrate.ts';
import { describeDatabases } from '../test-support/describe-databases.ts';
import { signingKeyFile } from '../test-support/signing-key.ts';
import { tamper } from '../test-support/tamper.ts';
import { foundTree } from './found-tree.ts';
import { LogTree } from './log-tree.ts';
import { storeTiles } from './store-tiles.ts';
import { TileStore } from './tile-store.ts';

const size = 66_000;

/** A log of an older server, with more records than one tile of level 1 covers. */
async function fillLog(database: Database): Promise<LogTree> {
  await migrate(database);
  const file = signingKeyFile();
  const tree = new LogTree({ database, logId: 'default', signingKey: { file }, now: Date.now });
  await tree.open(async () => {});
  await tamper(
    database,
    `insert into audit.leaves
     select 'default', number, gen_random_uuid(), 'rr-1', sha256('\\x00'::bytea || convert_to(number::text, 'UTF8'))
     from generate_series(0, ${size - 1}) as number`,
    `update audit.logs set size = ${size}, last_event_hash = '', frontier = null, checkpoint = null`,
  );
  await foundTree(database, 'default', tree);
  return tree;
}

describeDatabases('the tiles of a large log', (open) => {
  it('are stored up to the highest level, whoever publishes, and yield the same proofs as the records', async () => {
    const database = await open();
    await fillLog(database);
    const leaves = Array.from({ length: size }, (_, at) => leafHash(String(at)));
    const tree = new MerkleFrontier();
    for (const leaf of leaves) tree.append(leaf);
    const store = new TileStore(database, 'default');
    const claim = { index: 65_535, size, leafHash: leaves[65_535] ?? '', root: tree.root() };
    const computed = await proveInclusion(claim.index, size, store.nodeReader(size));
    expect(verifyInclusion(claim, computed).verdict).toBe('proven');
    await Promise.all([storeTiles(database, 'default'), storeTiles(database, 'default')]);
    await storeTiles(database, 'default');
    const counts = await database.query(
      'select level::integer, count(*)::integer from audit.tiles group by level order by level',
    );
    expect(counts).toEqual([
      { level: 0, count: 257 },
      { level: 1, count: 1 },
    ]);
    expect(await proveInclusion(claim.index, size, store.nodeReader(size))).toEqual(computed);
    await database.close();
  });

  it('are not made of records that do not make up the signed tree', async () => {
    const database = await open();
    const tree = await fillLog(database);
    await tamper(database, `update audit.leaves set event_hash = sha256('x') where sequence = 40000`);
    await expect(storeTiles(database, 'default')).rejects.toThrow('do not make up its signed tree');
    await tamper(database, 'delete from audit.leaves where sequence = 40000');
    await expect(storeTiles(database, 'default')).rejects.toThrow(
      'log default has 16383 of the 16384 records',
    );
    expect(await database.query('select 1 from audit.tiles limit 1')).toEqual([]);
    expect(tree.origin).toBe('audit.local/default');
    await database.close();
  });
});
