import { MerkleFrontier } from '@audit/integrity';
import type { Database } from '../store/database.ts';
import { readQuery } from '../store/sql.ts';
import { frontierText } from './frontier-text.ts';
import { readHashes } from './read-hashes.ts';
import { readStoredTree } from './stored-tree.ts';
import type { TreeSigner } from './tree-signer.ts';

const foundTreeQuery = readQuery('found-tree');
const recordsPerRead = 65_536;

/** Makes the tree and the first checkpoint of a log that has none: a new one, or one that an older server wrote. */
export async function foundTree(database: Database, logId: string, signer: TreeSigner): Promise<void> {
  for (;;) {
    const stored = await readStoredTree(database, logId);
    if (stored.tree !== undefined) return;
    const { size, lastEventHash } = stored;
    const tree = await treeOfRecords(database, logId, size);
    const checkpoint = await signer.sign(tree);
    // Nothing is changed when another server was first, or an older one wrote meanwhile; the next round finds out.
    await database.query(foundTreeQuery, [logId, size, lastEventHash, tree.frontier, checkpoint]);
  }
}

async function treeOfRecords(database: Database, logId: string, size: number) {
  const frontier = new MerkleFrontier();
  for (let begin = 0; begin < size; begin += recordsPerRead) {
    const end = Math.min(begin + recordsPerRead, size);
    frontier.appendBytes(await readHashes(database, logId, { begin, end }));
  }
  return { size, root: frontier.root(), frontier: frontierText(frontier) };
}
