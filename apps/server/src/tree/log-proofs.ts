import {
  type Checkpoint,
  emptyRoot,
  type NodeReader,
  proveConsistency,
  proveInclusion,
  proveMultiple,
  safeParseCheckpointBody,
  safeParseNote,
} from '@audit/integrity';
import type { ConsistencyProof, InclusionProof } from '@audit/schema';
import type { Database } from '../store/database.ts';
import { readQuery } from '../store/sql.ts';
import { EvidenceError } from './evidence-error.ts';
import type { ConsistencyQuery, InclusionQuery, RecordSelector } from './parse-proof-query.ts';
import { readStoredTree } from './stored-tree.ts';
import { TileStore } from './tile-store.ts';

const findLeaf = readQuery('find-leaf');

/** A proof, or what there is none for: no such record, or no tree of that size. */
export type Proven<Proof> =
  | { readonly outcome: 'proven'; readonly proof: Proof }
  | { readonly outcome: 'no_record' }
  | { readonly outcome: 'no_tree'; readonly size: number };

/** A checkpoint, as its signed note and taken apart. */
export interface StoredCheckpoint extends Checkpoint {
  readonly note: string;
}

/** Reads the newest checkpoint. */
export async function readNewestCheckpoint(database: Database, logId: string): Promise<StoredCheckpoint> {
  const { tree } = await readStoredTree(database, logId);
  return parseCheckpoint(logId, tree?.checkpoint ?? '');
}

/** Takes a checkpoint apart. */
export function parseCheckpoint(logId: string, note: string): StoredCheckpoint {
  const checkpoint = safeParseCheckpointBody(safeParseNote(note)?.text ?? '');
  if (checkpoint !== undefined) return { ...checkpoint, note };
  throw new EvidenceError(`what is stored as checkpoint of log ${logId} is none`);
}

/** Proves that a record is in the tree of a size. */
export async function proveRecord(
  database: Database,
  logId: string,
  query: InclusionQuery,
): Promise<Proven<InclusionProof>> {
  const leaf = await findRecord(database, logId, query.record);
  if (leaf === undefined) return { outcome: 'no_record' };
  // Read after the record: so it covers it.
  const newest = await readNewestCheckpoint(database, logId);
  const size = query.treeSize ?? newest.size;
  if (size > newest.size || leaf.sequence >= size) return { outcome: 'no_tree', size: newest.size };
  const readNodes = new TileStore(database, logId).nodeReader(size);
  const proof = {
    ...leaf,
    tree_size: size,
    root_hash: await rootAt(size, newest, readNodes),
    audit_path: await proveInclusion(leaf.sequence, size, readNodes),
    ...checkpointAt(size, newest),
  };
  return { outcome: 'proven', proof };
}

/** Proves that the log only grew from one size to another. */
export async function proveGrowth(
  database: Database,
  logId: string,
  query: ConsistencyQuery,
): Promise<Proven<ConsistencyProof>> {
  const newest = await readNewestCheckpoint(database, logId);
  const { from, to = newest.size } = query;
  if (to > newest.size || from > to) return { outcome: 'no_tree', size: newest.size };
  const readNodes = new TileStore(database, logId).nodeReader(to);
  const proof = {
    from_size: from,
    from_root_hash: await rootAt(from, newest, new TileStore(database, logId).nodeReader(from)),
    to_size: to,
    to_root_hash: await rootAt(to, newest, readNodes),
    consistency_path: await proveConsistency(from, to, readNodes),
    ...checkpointAt(to, newest),
  };
  return { outcome: 'proven', proof };
}

async function findRecord(
  database: Database,
  logId: string,
  record: RecordSelector,
): Promise<Pick<InclusionProof, 'event_id' | 'sequence' | 'event_hash'> | undefined> {
  const by = 'eventId' in record ? [record.eventId, null] : [null, record.sequence];
  const [row] = await database.query<{ event_id: string; sequence: string; event_hash: string }>(findLeaf, [
    logId,
    ...by,
  ]);
  return row === undefined ? undefined : { ...row, sequence: Number(row.sequence) };
}

async function rootAt(size: number, newest: StoredCheckpoint, readNodes: NodeReader): Promise<string> {
  if (size === newest.size) return newest.root;
  if (size === 0) return emptyRoot;
  // A proof for no leaf is the root of the whole tree.
  const [root = ''] = await proveMultiple([], size, readNodes);
  return root;
}

function checkpointAt(size: number, newest: StoredCheckpoint): { checkpoint?: string } {
  return size === newest.size ? { checkpoint: newest.note } : {};
}
