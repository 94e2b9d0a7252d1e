import {
  leafHash,
  type MerkleFrontier,
  proveInclusion,
  safeParseNote,
  tileWidth,
  verifyCheckpoint,
  verifyInclusion,
} from '@audit/integrity';
import type { Database, Queryable } from '../store/database.ts';
import { readQuery } from '../store/sql.ts';
import { EvidenceError } from './evidence-error.ts';
import { parseFrontier } from './frontier-text.ts';
import type { LogKey } from './log-key-store.ts';
import { readStoredTree } from './stored-tree.ts';
import { TileStore } from './tile-store.ts';

const queries = {
  findBeyond: readQuery('find-records-beyond'),
  countTiles: readQuery('count-tiles'),
  readRecord: readQuery('read-record'),
};

/**
 * Checks that a log's tree is the one of its newest checkpoint, signed by the key in use.
 * @throws {EvidenceError} naming the contradiction
 */
export async function checkSignedTree(source: Queryable, logId: string, key: LogKey): Promise<SignedEnd> {
  const { size, lastEventHash, tree } = await readStoredTree(source, logId);
  if (tree === undefined) throw contradiction(logId, 'its checkpoint is gone');
  const root = await rootOfCheckpoint(logId, size, tree.checkpoint, key);
  if (rootOfFrontier(size, tree.frontier) !== root)
    throw contradiction(logId, 'its tree is not the signed one');
  return { logId, size, lastEventHash, root };
}

/**
 * Checks that a log ends where its newest checkpoint says: signed by the key in use, over the stored tree, with the last
 * record in it and none beyond. It does not read the records before; that is what verifying the whole log does.
 * @throws {EvidenceError} naming the first contradiction
 */
export async function checkStoredLog(database: Database, logId: string, key: LogKey): Promise<void> {
  await database.transaction(async (transaction) => {
    // Others may write meanwhile; what is read here is of one moment.
    await transaction.execute('set transaction isolation level repeatable read');
    await checkEnd(transaction, logId, key);
  });
}

async function checkEnd(source: Queryable, logId: string, key: LogKey): Promise<void> {
  const end = await checkSignedTree(source, logId, key);
  const [beyond] = await source.query<{ sequence: string }>(queries.findBeyond, [logId, end.size]);
  if (beyond !== undefined) {
    throw contradiction(logId, `record ${beyond.sequence} lies beyond the ${end.size} that were signed`);
  }
  const tiles = await source.query<{ level: number; count: string }>(queries.countTiles, [logId]);
  const surplus = tiles.find(({ level, count }) => Number(count) * tileWidth ** (level + 1) > end.size);
  if (surplus !== undefined)
    throw contradiction(logId, `it has tiles of level ${surplus.level} beyond its end`);
  if (end.size > 0) await checkLastRecord(source, end);
}

async function rootOfCheckpoint(logId: string, size: number, note: string, key: LogKey): Promise<string> {
  const { checkpoint, failure } = await verifyCheckpoint(note, { keys: [key] });
  if (checkpoint === undefined || failure !== undefined) {
    const signers = safeParseNote(note)?.signatures.map(({ name, id }) => `${name}+${id}`) ?? [];
    const message =
      failure?.code === 'no_known_signature' ? `it is signed by ${signers.join(', ')}` : failure?.message;
    throw contradiction(logId, `its checkpoint does not verify with ${key.key}: ${message}`);
  }
  if (checkpoint.size === size) return checkpoint.root;
  throw contradiction(logId, `it has ${size} records and a checkpoint over ${checkpoint.size}`);
}

function rootOfFrontier(size: number, text: string): string | undefined {
  let frontier: MerkleFrontier;
  try {
    frontier = parseFrontier(size, text);
  } catch {
    // Hashes of another tree than one of this size.
    return undefined;
  }
  return frontier.root();
}

/** The end of a log as its checkpoint vouches for it. */
export interface SignedEnd {
  readonly logId: string;
  readonly size: number;
  readonly lastEventHash: string;
  readonly root: string;
}

async function checkLastRecord(
  source: Queryable,
  { logId, size, lastEventHash, root }: SignedEnd,
): Promise<void> {
  const index = size - 1;
  const [row] = await source.query<{ record: string | null; event_hash: string }>(queries.readRecord, [
    logId,
    index,
  ]);
  if (row === undefined) throw contradiction(logId, `its last record, ${index}, is gone`);
  const hash = row.record === null ? row.event_hash : leafHash(row.record);
  if (hash !== lastEventHash) throw contradiction(logId, `its last record, ${index}, was changed`);
  const proof = await proveInclusion(index, size, new TileStore(source, logId).nodeReader(size));
  const { failure } = verifyInclusion({ index, size, leafHash: hash, root }, proof);
  if (failure !== undefined)
    throw contradiction(logId, `its last record, ${index}, is not in the signed tree`);
}

function contradiction(logId: string, what: string): EvidenceError {
  return new EvidenceError(`log ${logId} was changed by somebody who could not sign it: ${what}`);
}
