import type { Queryable } from '../store/database.ts';
import { readQuery } from '../store/sql.ts';

const queries = {
  addCosignature: readQuery('add-cosignature'),
  readCosignatures: readQuery('read-cosignatures'),
};

/** The newest checkpoint that a witness cosigned. */
export interface Cosignature {
  readonly witnessKey: string;
  readonly size: number;
  /** As the log signed it. */
  readonly checkpoint: string;
  /** Line of the witness. */
  readonly signature: string;
}

interface CosignatureRow extends Record<string, unknown> {
  readonly witness_key: string;
  readonly tree_size: string;
  readonly checkpoint: string;
  readonly signature: string;
}

/** Keeps a cosignature, if it is not of a smaller tree than the one that is kept. */
export async function addCosignature(database: Queryable, logId: string, added: Cosignature): Promise<void> {
  const { witnessKey, size, checkpoint, signature } = added;
  await database.query(queries.addCosignature, [logId, witnessKey, size, checkpoint, signature]);
}

/** Lists the newest cosignature of each witness, that of the largest tree first. */
export async function readCosignatures(database: Queryable, logId: string): Promise<Cosignature[]> {
  const rows = await database.query<CosignatureRow>(queries.readCosignatures, [logId]);
  return rows.map(({ witness_key, tree_size, checkpoint, signature }) => ({
    witnessKey: witness_key,
    size: Number(tree_size),
    checkpoint,
    signature,
  }));
}

/** Adds to a checkpoint the lines of the witnesses that cosigned this very one. */
export function withCosignatures(checkpoint: string, cosignatures: readonly Cosignature[]): string {
  const lines = cosignatures
    .filter((each) => each.checkpoint === checkpoint)
    .map(({ signature }) => signature);
  return checkpoint + lines.join('');
}
