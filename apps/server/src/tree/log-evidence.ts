import type { ProofRouteOptions } from '../http/proof-routes.ts';
import type { TreeRouteOptions } from '../http/tree-routes.ts';
import type { OwnEventWriter } from '../own-events/own-event-writer.ts';
import type { Database } from '../store/database.ts';
import { readCosignatures, withCosignatures } from '../witness/cosignature-store.ts';
import { readLogKeys } from './log-key-store.ts';
import { proveGrowth, proveRecord, readNewestCheckpoint } from './log-proofs.ts';
import { readTile } from './read-tile.ts';
import { tellOfVerification } from './tell-of-verification.ts';
import { verifyChain } from './verify-chain.ts';

/** What {@link createLogEvidence} needs. */
export interface LogEvidenceOptions {
  readonly database: Database;
  readonly logId: string;
  readonly ownEvents: OwnEventWriter;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Turns failures of the database into what requests are told. */
  readonly reachable: <Result>(work: Promise<Result>) => Promise<Result>;
}

/** Answers what an outsider asks to check a log: checkpoint, tiles, proofs, keys. */
export function createLogEvidence(options: LogEvidenceOptions): TreeRouteOptions & ProofRouteOptions {
  const { database, logId, reachable } = options;
  return {
    async readCheckpoint() {
      const { note } = await reachable(readNewestCheckpoint(database, logId));
      return withCosignatures(note, await reachable(readCosignatures(database, logId)));
    },
    async readWitnessedCheckpoint() {
      const cosignatures = await reachable(readCosignatures(database, logId));
      const [newest] = cosignatures;
      return newest === undefined ? undefined : withCosignatures(newest.checkpoint, cosignatures);
    },
    readTile: (name) => reachable(readTile(database, logId, name)),
    proveInclusion: (query) => reachable(proveRecord(database, logId, query)),
    proveConsistency: (query) => reachable(proveGrowth(database, logId, query)),
    async verifyChain(correlationId, principal) {
      const verification = await reachable(verifyChain(options, correlationId));
      await reachable(tellOfVerification(options, verification, principal));
      return verification;
    },
    async listLogKeys() {
      const keys = await reachable(readLogKeys(database, logId));
      const { origin } = await reachable(readNewestCheckpoint(database, logId));
      return { log_id: logId, origin, keys };
    },
  };
}
