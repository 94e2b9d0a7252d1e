import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  bundledEntryBytesMax,
  createTileNodeReader,
  formatEntryBundle,
  formatTile,
  formatTilePath,
  hashesOfTile,
  isIntegrityError,
  leafHash,
  MerkleFrontier,
  newTiles,
  parseEntryBundle,
  proveInclusion,
  rootOfTile,
  safeParseTilePath,
  type Tile,
  tilesOfSize,
} from './index.ts';
import { createMemoryReader, readVector, rootOf } from './sample-log.test-support.ts';

const vectors = JSON.parse(readVector('tiles.json')) as {
  paths: (Tile & { path: string })[];
  refused: string[];
  sizes: { size: number; full: number[]; partial: number[] }[];
};

const leaves = Array.from({ length: 70_000 }, (_, index) => leafHash(`leaf ${index}`));

/** Makes tiles as a log does: level 0 of leaves, each further level of the full tiles below. */
function makeTiles(size: number): Map<string, Uint8Array> {
  const tiles = new Map<string, Uint8Array>();
  for (const { level, index, width } of tilesOfSize(size)) {
    const first = index * 256;
    const hashes = Array.from({ length: width }, (_, at) =>
      level === 0
        ? (leaves[first + at] ?? '')
        : rootOfTile(
            tiles.get(formatTilePath({ level: level - 1, index: first + at, width: 256 })) ??
              new Uint8Array(),
          ),
    );
    tiles.set(formatTilePath({ level, index, width }), formatTile(hashes));
  }
  return tiles;
}

describe('paths of tiles', () => {
  it.each(vectors.paths)('are those of C2SP tlog-tiles: $path', ({ path, ...tile }) => {
    expect(safeParseTilePath(path)).toEqual(tile);
    expect(formatTilePath(tile)).toBe(path);
  });

  it.each(vectors.refused)('refuse %j', (path) => {
    expect(safeParseTilePath(path)).toBeUndefined();
  });

  it('read what they write', () => {
    const tile = fc.record({
      level: fc.oneof(fc.nat(63), fc.constant('entries' as const)),
      index: fc.nat(Number.MAX_SAFE_INTEGER),
      width: fc.integer({ min: 1, max: 256 }),
    });
    fc.assert(
      fc.property(tile, (any) => {
        // The type pairs level and kind; a bundle and a tile have the same members.
        expect(safeParseTilePath(formatTilePath(any as Tile))).toEqual(any);
      }),
    );
  });
});

describe('tiles', () => {
  it.each(vectors.sizes)(
    'of a tree of $size are as many as C2SP tlog-tiles counts',
    ({ size, full, partial }) => {
      const tiles = tilesOfSize(size);
      const counts = full.map((_, level) => tiles.filter((tile) => tile.level === level));
      expect(counts.map((level) => level.filter(({ width }) => width === 256).length)).toEqual(full);
      expect(counts.map((level) => level.find(({ width }) => width < 256)?.width ?? 0)).toEqual(partial);
      expect(tiles).toHaveLength(
        full.reduce((sum, count) => sum + count, 0) + partial.filter((width) => width > 0).length,
      );
    },
  );

  it('put together the root, and every proof', async () => {
    for (const size of [1, 255, 256, 257, 65_536, 70_000]) {
      const tiles = makeTiles(size);
      const readNodes = createTileNodeReader(
        size,
        (tile) => tiles.get(formatTilePath(tile)) ?? new Uint8Array(),
      );
      const all = leaves.slice(0, size);
      const frontier = new MerkleFrontier();
      for (const tile of tilesOfSize(size).filter(({ level }) => level === 0)) {
        for (const hash of hashesOfTile(tiles.get(formatTilePath(tile)) ?? new Uint8Array()))
          frontier.append(hash);
      }
      expect(frontier.root()).toBe(rootOf(all));
      for (const index of [0, size >> 1, size - 1]) {
        const proof = await proveInclusion(index, size, readNodes);
        expect(proof).toEqual(await proveInclusion(index, size, createMemoryReader(all)));
      }
    }
  });

  it('that a log adds when it grows complete those it had', () => {
    fc.assert(
      fc.property(fc.nat(70_000), fc.nat(70_000), (one, other) => {
        const [before, after] = [Math.min(one, other), Math.max(one, other)];
        const had = new Set(tilesOfSize(before).map(formatTilePath));
        const all = tilesOfSize(after).map(formatTilePath);
        expect(newTiles(before, after).map(formatTilePath)).toEqual(all.filter((path) => !had.has(path)));
      }),
    );
  });

  it('may be served full where a partial one is asked for, and are never read beyond it', async () => {
    const full = formatTile(leaves.slice(0, 256));
    const readNodes = createTileNodeReader(5, () => full);
    expect(await readNodes([{ level: 2, index: 0 }])).toEqual([rootOf(leaves.slice(0, 4))]);
    await expect(readNodes([{ level: 0, index: 5 }])).rejects.toSatisfy(isIntegrityError);
  });

  it('that are cut off are refused', async () => {
    const readNodes = createTileNodeReader(5, () => new Uint8Array(32));
    await expect(readNodes([{ level: 0, index: 3 }])).rejects.toSatisfy(isIntegrityError);
    for (const bytes of [0, 31, 33, 257 * 32]) {
      expect(() => hashesOfTile(new Uint8Array(bytes))).toThrow(expect.toSatisfy(isIntegrityError));
    }
  });
});

describe('entry bundles', () => {
  it('read what they write', () => {
    const entry = fc.uint8Array({ maxLength: 300 });
    fc.assert(
      fc.property(fc.array(entry, { minLength: 1, maxLength: 256 }), (entries) => {
        expect(parseEntryBundle(formatEntryBundle(entries) ?? new Uint8Array())).toEqual(entries);
      }),
    );
  });

  it('hold entries of up to 65,535 bytes', () => {
    expect(formatEntryBundle([new Uint8Array(bundledEntryBytesMax)])?.subarray(0, 2)).toEqual(
      Uint8Array.of(255, 255),
    );
    expect(formatEntryBundle([new Uint8Array(bundledEntryBytesMax + 1)])).toBeUndefined();
  });

  it.each([[[]], [[0]], [[0, 2, 1]], [[0, 1, 7, 0]]])('that are %j are refused', (bytes) => {
    expect(() => parseEntryBundle(Uint8Array.from(bytes))).toThrow(expect.toSatisfy(isIntegrityError));
  });
});
