import { setTimeout as passed } from 'node:timers/promises';
import type { Database } from '../store/database.ts';
import { parseCheckpoint, readNewestCheckpoint, type StoredCheckpoint } from '../tree/log-proofs.ts';
import { readCosignatures, withCosignatures } from '../witness/cosignature-store.ts';

/** What {@link readCosignedCheckpoint} needs of the service. */
export interface CosigningSource {
  readonly database: Database;
  readonly logId: string;
  /** Asks the witnesses to cosign the newest checkpoint; ends when all have answered or failed. */
  readonly cosign: () => Promise<void>;
}

const patienceMs = 5_000;

/**
 * Reads a checkpoint that covers a record: the newest that a witness cosigned, or the newest of all when none did. The
 * witnesses are asked first, and waited for a few seconds at most.
 */
export async function readCosignedCheckpoint(
  { database, logId, cosign }: CosigningSource,
  sequence: number,
): Promise<StoredCheckpoint> {
  await atMost(patienceMs, cosign());
  const cosignatures = await readCosignatures(database, logId);
  const cosigned = cosignatures.find(({ size }) => size > sequence);
  if (cosigned === undefined) return readNewestCheckpoint(database, logId);
  return parseCheckpoint(logId, withCosignatures(cosigned.checkpoint, cosignatures));
}

async function atMost(milliseconds: number, work: Promise<void>): Promise<void> {
  const answered = new AbortController();
  const patience = passed(milliseconds, undefined, { signal: answered.signal, ref: false });
  await Promise.race([work, patience]).finally(() => answered.abort());
}
