import { IntegrityError } from './integrity-error.ts';
import { isTreeSize } from './subtrees.ts';
import { type Tile, tileWidth } from './tiles.ts';

/** A bundle of a log's entries (C2SP tlog-tiles, "Log entries"). */
export interface EntryBundleName {
  readonly level: 'entries';
  readonly index: number;
  readonly width: number;
}

const levelMax = 63;

/** Writes the path of a tile or an entry bundle: `tile/<L>/<N>[.p/<W>]` (C2SP tlog-tiles). */
export function formatTilePath(tile: Tile | EntryBundleName): string {
  const { level, index, width } = tile;
  if (!isLevel(level) || !isTreeSize(index) || !Number.isInteger(width) || width < 1 || width > tileWidth) {
    throw new IntegrityError('out_of_range', 'no such tile');
  }
  return `tile/${level}/${formatIndex(index)}${width === tileWidth ? '' : `.p/${width}`}`;
}

/** Reads what {@link formatTilePath} writes; undefined for anything else, so that a server can answer 404. */
export function safeParseTilePath(path: string): Tile | EntryBundleName | undefined {
  const match = /^tile\/(entries|0|[1-9]\d?)\/((?:x\d{3}\/)*\d{3})(?:\.p\/([1-9]\d{0,2}))?$/.exec(path);
  if (match === null) return undefined;
  const [, level = '', groups = '', partial] = match;
  const index = Number(groups.replaceAll(/[x/]/g, ''));
  const width = partial === undefined ? tileWidth : Number(partial);
  if (!isTreeSize(index) || (partial !== undefined && width >= tileWidth)) return undefined;
  const name =
    level === 'entries' ? ({ level, index, width } as const) : { level: Number(level), index, width };
  // One tile has one path: no leading groups of zeros.
  return isLevel(name.level) && formatTilePath(name) === path ? name : undefined;
}

function isLevel(level: number | 'entries'): boolean {
  return level === 'entries' || (Number.isInteger(level) && level >= 0 && level <= levelMax);
}

function formatIndex(index: number): string {
  const digits = String(index);
  const padded = digits.padStart(Math.ceil(digits.length / 3) * 3, '0');
  const groups = padded.match(/\d{3}/g) ?? [];
  return groups.map((group, at) => (at < groups.length - 1 ? `x${group}` : group)).join('/');
}
