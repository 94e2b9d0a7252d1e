import {
  type Checkpoint,
  leafHash,
  proveInclusion,
  proveMultiple,
  verifyInclusion,
  verifyMultiple,
} from '@audit/integrity';
import type { TamperedEvent } from '@audit/schema';
import type { WalkedRecord } from './chain-walk.ts';
import type { TileStore } from './tile-store.ts';

/** Finds the records that are not leaves of the signed tree where they stand. */
export async function findOutsideTree(
  records: readonly WalkedRecord[],
  checkpoint: Checkpoint,
  tiles: TileStore,
): Promise<TamperedEvent[]> {
  const { size, root } = checkpoint;
  const leaves = records.map((record) => ({ index: record.sequence, leafHash: hashOf(record) }));
  const indexes = leaves.map(({ index }) => index);
  const proof = await proveMultiple(indexes, size, tiles.nodeReader(size));
  if (verifyMultiple({ size, root, leaves }, proof).failure === undefined) return [];
  // One of them is not: which, only a proof for each can tell.
  const faults: TamperedEvent[] = [];
  for (const record of records) {
    const fault = await findFault(record, checkpoint, tiles);
    if (fault !== undefined) faults.push(fault);
  }
  return faults;
}

async function findFault(
  record: WalkedRecord,
  { size, root }: Checkpoint,
  tiles: TileStore,
): Promise<TamperedEvent | undefined> {
  const index = record.sequence;
  const actual = hashOf(record);
  const readNodes = tiles.nodeReader(size);
  const proof = await proveInclusion(index, size, readNodes);
  if (verifyInclusion({ index, size, leafHash: actual, root }, proof).failure === undefined) return undefined;
  const [expected = ''] = await readNodes([{ level: 0, index }]);
  return {
    event_id: record.row.event_id,
    sequence: index,
    event_timestamp: record.eventTimestamp,
    code: 'not_in_tree',
    expected_hash: expected,
    actual_hash: actual,
    previous_hash: record.previousHash,
    message:
      expected === actual
        ? `the hashes stored around it do not lead to the root of the checkpoint over ${size} records`
        : `the tree of the checkpoint over ${size} records has another hash at this place`,
  };
}

function hashOf({ row }: WalkedRecord): string {
  return row.record === null ? row.event_hash : leafHash(row.record);
}
