import type { Database } from '../store/database.ts';
import { readQuery } from '../store/sql.ts';
import { readCosignatures } from '../witness/cosignature-store.ts';
import { cosignedAt } from '../witness/cosigned-at.ts';
import type { Witness } from '../witness/parse-witness.ts';

const readFacts = readQuery('read-log-facts');

/** What the database knows of a log. */
export interface LogFacts {
  /** Records under the newest checkpoint. */
  readonly size: number;
  /** When the newest record was accepted, in seconds since 1970; undefined when there is none or it was purged. */
  readonly newestAt: number | undefined;
  /** Full tiles of the lowest level that are stored. */
  readonly tiles: number;
  /** Legal holds in force. */
  readonly holds: number;
  readonly witnesses: readonly WitnessFacts[];
}

/** What is known of a witness. */
export interface WitnessFacts {
  readonly name: string;
  /** Records under the newest checkpoint that it cosigned; 0 when it has cosigned none. */
  readonly size: number;
  /** When it did, in seconds since 1970 by its own clock. */
  readonly cosignedAt: number | undefined;
}

/** Options of {@link readLogFacts}. */
export interface LogFactsOptions {
  readonly database: Database;
  readonly logId: string;
  readonly witnesses: readonly Witness[];
}

interface FactsRow extends Record<string, unknown> {
  readonly size: string;
  readonly newest_at: number | null;
  readonly tiles: string;
  readonly holds: number;
}

/** Reads what the metrics show of a log; undefined until there is one. */
export async function readLogFacts(options: LogFactsOptions): Promise<LogFacts | undefined> {
  const { database, logId } = options;
  const [row] = await database.query<FactsRow>(readFacts, [logId]);
  if (row === undefined) return undefined;
  return {
    size: Number(row.size),
    newestAt: row.newest_at ?? undefined,
    tiles: Number(row.tiles),
    holds: row.holds,
    witnesses: await readWitnesses(options),
  };
}

async function readWitnesses({ database, logId, witnesses }: LogFactsOptions): Promise<WitnessFacts[]> {
  if (witnesses.length === 0) return [];
  const cosignatures = await readCosignatures(database, logId);
  return witnesses.map(({ verifier }) => {
    const newest = cosignatures.find(({ witnessKey }) => witnessKey === verifier.text);
    return {
      name: verifier.name,
      size: newest?.size ?? 0,
      cosignedAt: newest === undefined ? undefined : cosignedAt(newest, verifier),
    };
  });
}
