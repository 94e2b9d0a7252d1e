import { type EntryBundleName, formatEntryBundle, type Tile, tileWidth } from '@audit/integrity';
import type { Database } from '../store/database.ts';
import { readQuery } from '../store/sql.ts';
import { readStoredTree } from './stored-tree.ts';
import { TileStore } from './tile-store.ts';

const readEntries = readQuery('read-entries');

/** Reads a tile or an entry bundle of a log; undefined when the log has not grown that far or cannot bundle these records. */
export async function readTile(
  database: Database,
  logId: string,
  name: Tile | EntryBundleName,
): Promise<Uint8Array | undefined> {
  const { level, index, width } = name;
  const { size } = await readStoredTree(database, logId);
  const available = Math.floor(size / tileWidth ** (level === 'entries' ? 0 : level));
  if (index * tileWidth + width > available) return undefined;
  if (level === 'entries') return readBundle(database, logId, { index, width });
  return new TileStore(database, logId).read({ level, index, width });
}

async function readBundle(
  database: Database,
  logId: string,
  { index, width }: Pick<Tile, 'index' | 'width'>,
): Promise<Uint8Array | undefined> {
  const begin = index * tileWidth;
  const rows = await database.query<{ record: string | null }>(readEntries, [logId, begin, begin + width]);
  const entries = rows.flatMap(({ record }) => (record === null ? [] : [Buffer.from(record)]));
  return entries.length === width ? formatEntryBundle(entries) : undefined;
}
