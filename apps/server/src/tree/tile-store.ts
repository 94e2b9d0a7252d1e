import { createTileNodeReader, type NodeReader, rootOfTile, type Tile, tileWidth } from '@audit/integrity';
import type { Queryable } from '../store/database.ts';
import { readQuery } from '../store/sql.ts';
import { readHashes } from './read-hashes.ts';

const queries = { readTile: readQuery('read-tile'), readTileRoots: readQuery('read-tile-roots') };

/** Reads hashes of a log's tree: from its stored tiles, and what these do not hold yet from its records. */
export class TileStore {
  readonly #database: Queryable;
  readonly #logId: string;

  constructor(database: Queryable, logId: string) {
    this.#database = database;
    this.#logId = logId;
  }

  /** Reads nodes of the tree over the first `size` records, which must be there. */
  nodeReader(size: number): NodeReader {
    return createTileNodeReader(size, (tile) => this.read(tile));
  }

  /** Reads a tile of a tree whose records are all there. */
  async read(tile: Tile): Promise<Uint8Array> {
    const stored = tile.width === tileWidth ? await this.#stored(tile) : undefined;
    return stored ?? (tile.level === 0 ? this.#leaves(tile) : this.#roots(tile));
  }

  async #stored({ level, index }: Tile): Promise<Uint8Array | undefined> {
    const [row] = await this.#database.query<{ hashes: string }>(queries.readTile, [
      this.#logId,
      level,
      index,
    ]);
    return row === undefined ? undefined : Buffer.from(row.hashes, 'hex');
  }

  #leaves({ index, width }: Tile): Promise<Uint8Array> {
    const begin = index * tileWidth;
    return readHashes(this.#database, this.#logId, { begin, end: begin + width });
  }

  async #roots({ level, index, width }: Tile): Promise<Uint8Array> {
    const begin = index * tileWidth;
    const below = level - 1;
    const parameters = [this.#logId, below, begin, begin + width];
    const [row] = await this.#database.query<{ count: number; roots: string }>(
      queries.readTileRoots,
      parameters,
    );
    const roots = [row?.roots ?? ''];
    // Tiles are stored without gaps, so those that are missing are the last ones.
    for (let at = row?.count ?? 0; at < width; at++) {
      roots.push(rootOfTile(await this.read({ level: below, index: begin + at, width: tileWidth })));
    }
    return Buffer.from(roots.join(''), 'hex');
  }
}
