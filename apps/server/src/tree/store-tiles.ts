import { MerkleFrontier, tileWidth } from '@audit/integrity';
import type { Database, Queryable } from '../store/database.ts';
import { readQuery } from '../store/sql.ts';
import { EvidenceError } from './evidence-error.ts';
import { parseFrontier } from './frontier-text.ts';
import { readHashes } from './read-hashes.ts';
import { readStoredTree } from './stored-tree.ts';

const queries = {
  countTiles: readQuery('count-tiles'),
  readTileRoots: readQuery('read-tile-roots'),
  addTiles: readQuery('add-tiles'),
};
const tilesPerWrite = 64;
const hashBytes = 32;
const levelsOfTile = 8;

/**
 * Stores the tiles of a log that are full and not stored yet, all or none. What they are made of is hashed up to the
 * root of the log's tree first, so that a record that was changed behind the server's back gets into no tile.
 * @throws {EvidenceError} when the records do not make up that tree
 */
export async function storeTiles(database: Database, logId: string): Promise<void> {
  const { size, tree } = await readStoredTree(database, logId);
  const counts = await countTiles(database, logId);
  const first = counts[0] ?? 0;
  const end = Math.floor(size / tileWidth);
  if (tree === undefined || first >= end) return;
  await database.transaction(async (transaction) => {
    const log = { source: transaction, logId };
    const frontier = await frontierOfTiles(log, counts);
    for (let index = first; index < end; index += tilesPerWrite) {
      const tiles = await readLeafTiles(log, index, Math.min(index + tilesPerWrite, end));
      for (const { root } of tiles) frontier.appendSubtree(levelsOfTile, root);
      await addTiles(log, { level: 0, index, tiles });
    }
    frontier.appendBytes(await readHashes(transaction, logId, { begin: end * tileWidth, end: size }));
    if (frontier.root() !== parseFrontier(size, tree.frontier).root()) {
      throw new EvidenceError(
        `the records of log ${logId} do not make up its signed tree: verify the whole log`,
      );
    }
    await storeUpperTiles(log, counts, end);
  });
}

interface Log {
  readonly source: Queryable;
  readonly logId: string;
}

interface HashedTile {
  readonly hashes: string;
  readonly root: string;
}

/** Stored tiles of each level, from the lowest. */
async function countTiles(source: Queryable, logId: string): Promise<number[]> {
  const rows = await source.query<{ count: string }>(queries.countTiles, [logId]);
  return rows.map(({ count }) => Number(count));
}

/** Right edge of the tree over all records that have tiles. */
async function frontierOfTiles(log: Log, counts: readonly number[]): Promise<MerkleFrontier> {
  const frontier = new MerkleFrontier();
  for (let level = counts.length - 1; level >= 0; level--) {
    const covered = (counts[level + 1] ?? 0) * tileWidth;
    const roots = await readRoots(log, { level, begin: covered, end: counts[level] ?? 0 });
    for (const root of roots) frontier.appendSubtree(levelsOfTile * (level + 1), root);
  }
  return frontier;
}

async function readRoots(
  { source, logId }: Log,
  { level, begin, end }: { readonly level: number; readonly begin: number; readonly end: number },
): Promise<string[]> {
  const [row] = await source.query<{ roots: string }>(queries.readTileRoots, [logId, level, begin, end]);
  const roots = row?.roots.match(/.{64}/g) ?? [];
  if (roots.length === end - begin) return roots;
  throw new EvidenceError(`log ${logId} has lost tiles of level ${level} between ${begin} and ${end}`);
}

async function readLeafTiles({ source, logId }: Log, begin: number, end: number): Promise<HashedTile[]> {
  const hashes = await readHashes(source, logId, { begin: begin * tileWidth, end: end * tileWidth });
  const tileBytes = tileWidth * hashBytes;
  return Array.from({ length: end - begin }, (_, at) =>
    hashTile(hashes.subarray(at * tileBytes, (at + 1) * tileBytes)),
  );
}

function hashTile(hashes: Buffer): HashedTile {
  const frontier = new MerkleFrontier();
  frontier.appendBytes(hashes);
  return { hashes: hashes.toString('hex'), root: frontier.root() };
}

async function addTiles(
  { source, logId }: Log,
  {
    level,
    index,
    tiles,
  }: { readonly level: number; readonly index: number; readonly tiles: readonly HashedTile[] },
): Promise<void> {
  const columns = [tiles.map(({ hashes }) => hashes), tiles.map(({ root }) => root)];
  await source.query(queries.addTiles, [logId, level, index, ...columns]);
}

async function storeUpperTiles(log: Log, counts: readonly number[], leafTiles: number): Promise<void> {
  let below = leafTiles;
  for (let level = 1; below >= tileWidth; level++) {
    const end = Math.floor(below / tileWidth);
    for (let index = counts[level] ?? 0; index < end; index++) {
      const range = { level: level - 1, begin: index * tileWidth, end: (index + 1) * tileWidth };
      const roots = await readRoots(log, range);
      await addTiles(log, { level, index, tiles: [hashTile(Buffer.from(roots.join(''), 'hex'))] });
    }
    below = end;
  }
}
