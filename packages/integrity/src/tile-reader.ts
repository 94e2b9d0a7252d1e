import { hashBytes } from './hashing.ts';
import { IntegrityError } from './integrity-error.ts';
import type { NodeReader } from './node-reader.ts';
import { formatTilePath } from './tile-path.ts';
import { nodeOfTile, type Tile, tileOfNode } from './tiles.ts';

/** Reads a tile's content. It may answer the full tile for a partial one that is gone (C2SP tlog-tiles). */
export type TileReader = (tile: Tile) => Uint8Array | Promise<Uint8Array>;

/** Reads the nodes of a tree of `size` leaves out of its tiles, each tile once for one call. */
export function createTileNodeReader(size: number, readTile: TileReader): NodeReader {
  return async (nodes) => {
    const tiles = new Map<string, Promise<Uint8Array>>();
    const contents = nodes.map((node) => {
      const tile = tileOfNode(node, size);
      const path = formatTilePath(tile);
      const content = tiles.get(path) ?? readChecked(tile, readTile);
      tiles.set(path, content);
      return content;
    });
    const read = await Promise.all(contents);
    return nodes.map((node, at) => nodeOfTile(node, read[at] ?? new Uint8Array()));
  };
}

async function readChecked(tile: Tile, readTile: TileReader): Promise<Uint8Array> {
  const content = await readTile(tile);
  const needed = tile.width * hashBytes;
  if (content.length >= needed) return content.subarray(0, needed);
  throw new IntegrityError('malformed', `${formatTilePath(tile)} has ${content.length} bytes, not ${needed}`);
}
