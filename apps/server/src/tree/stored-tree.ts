import type { Queryable } from '../store/database.ts';
import { readQuery } from '../store/sql.ts';

const readCheckpointQuery = readQuery('read-checkpoint');

/** The end of a log with everything that must agree there. */
export interface StoredTree {
  readonly size: number;
  readonly lastEventHash: string;
  /** Right edge of the tree and the signed checkpoint over it; undefined until a server has opened the log. */
  readonly tree: { readonly frontier: string; readonly checkpoint: string } | undefined;
}

interface TreeRow extends Record<string, unknown> {
  readonly size: string;
  readonly last_event_hash: string;
  readonly frontier: string | null;
  readonly checkpoint: string | null;
}

/** Reads where a log ends. */
export async function readStoredTree(database: Queryable, logId: string): Promise<StoredTree> {
  const [row] = await database.query<TreeRow>(readCheckpointQuery, [logId]);
  if (row === undefined) throw new Error(`log ${logId} does not exist: open it first`);
  const { frontier, checkpoint } = row;
  const tree = frontier === null || checkpoint === null ? undefined : { frontier, checkpoint };
  return { size: Number(row.size), lastEventHash: row.last_event_hash, tree };
}
