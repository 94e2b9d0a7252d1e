import { hashBytes, nodeHash } from './hashing.ts';
import { bytesOfHex, hexOfBytes } from './hex.ts';
import { IntegrityError } from './integrity-error.ts';
import { isTreeSize } from './subtrees.ts';

/** Hashes of a full tile (C2SP tlog-tiles, "Merkle Tree"). */
export const tileWidth = 256;

const levelsOfTile = 8;

/** A tile of a log (C2SP tlog-tiles): `width` hashes of tree level `8 * level`, from hash `index * 256` on. */
export interface Tile {
  readonly level: number;
  readonly index: number;
  /** 256 for a full tile, less for a partial one. */
  readonly width: number;
}

/** Lists the tiles that a tree of `size` leaves has, of every level, partial ones last in their level. */
export function tilesOfSize(size: number): Tile[] {
  return newTiles(0, size);
}

/**
 * Lists the tiles that a tree of `size` leaves has and the tree of `oldSize` had not, lowest level first: what a log
 * writes when it has grown.
 */
export function newTiles(oldSize: number, size: number): Tile[] {
  if (!isTreeSize(size) || !isTreeSize(oldSize) || oldSize > size) {
    throw new IntegrityError('out_of_range', `a tree of ${oldSize} leaves does not grow to ${size}`);
  }
  const tiles: Tile[] = [];
  let before = oldSize;
  let count = size;
  for (let level = 0; count > 0; level++) {
    for (let index = Math.floor(before / tileWidth); index * tileWidth < count; index++) {
      const width = Math.min(tileWidth, count - index * tileWidth);
      if (index * tileWidth + width > before) tiles.push({ level, index, width });
    }
    before = Math.floor(before / tileWidth);
    count = Math.floor(count / tileWidth);
  }
  return tiles;
}

/** The tile, of a tree of `size` leaves, that holds or yields the node over 2^level leaves. */
export function tileOfNode(node: { readonly level: number; readonly index: number }, size: number): Tile {
  const level = Math.floor(node.level / levelsOfTile);
  const first = node.index * 2 ** (node.level % levelsOfTile);
  const index = Math.floor(first / tileWidth);
  const available = Math.floor(size / tileWidth ** level) - index * tileWidth;
  if (!isTreeSize(size) || (node.index + 1) * 2 ** node.level > size) {
    throw new IntegrityError('out_of_range', `a tree of ${size} leaves has no such node`);
  }
  return { level, index, width: Math.min(tileWidth, available) };
}

/** Computes the node over 2^level leaves from the tile that {@link tileOfNode} names. */
export function nodeOfTile(
  node: { readonly level: number; readonly index: number },
  content: Uint8Array,
): string {
  const width = 2 ** (node.level % levelsOfTile);
  const first = (node.index * width) % tileWidth;
  return rootOfHashes(hashesOfTile(content).slice(first, first + width));
}

/** Root of a full tile, which is its one hash in the level above (C2SP tlog-tiles). */
export function rootOfTile(content: Uint8Array): string {
  if (content.length !== tileWidth * hashBytes) {
    throw new IntegrityError('malformed', 'a partial tile is not hashed into the level above');
  }
  return rootOfHashes(hashesOfTile(content));
}

/** Writes a tile: its hashes one after the other. */
export function formatTile(hashes: readonly string[]): Uint8Array<ArrayBuffer> {
  if (hashes.length === 0 || hashes.length > tileWidth) {
    throw new IntegrityError('out_of_range', 'a tile has 1 to 256 hashes');
  }
  return bytesOfHex(hashes.join(''));
}

/** Reads a tile's hashes. */
export function hashesOfTile(content: Uint8Array): string[] {
  if (content.length === 0 || content.length % hashBytes !== 0 || content.length > tileWidth * hashBytes) {
    throw new IntegrityError(
      'malformed',
      `a tile has 1 to 256 hashes of 32 bytes, not ${content.length} bytes`,
    );
  }
  return Array.from({ length: content.length / hashBytes }, (_, at) =>
    hexOfBytes(content.subarray(at * hashBytes, (at + 1) * hashBytes)),
  );
}

function rootOfHashes(hashes: readonly string[]): string {
  let level = hashes;
  while (level.length > 1) {
    const below = level;
    level = Array.from({ length: below.length / 2 }, (_, at) =>
      nodeHash(below[2 * at] ?? '', below[2 * at + 1] ?? ''),
    );
  }
  const [root] = level;
  if (root === undefined) throw new IntegrityError('malformed', 'the tile does not hold this node');
  return root;
}
