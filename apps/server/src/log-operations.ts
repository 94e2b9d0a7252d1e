import { createDisclosure } from './erasure/disclose-event.ts';
import { createErasure } from './erasure/erase-personal-data.ts';
import { openExport } from './export/open-export.ts';
import { openPack } from './export/open-pack.ts';
import { createLegalHolds } from './holds/legal-holds.ts';
import type { HttpServerOptions } from './http/create-http-server.ts';
import type { ProofRouteOptions } from './http/proof-routes.ts';
import type { TreeRouteOptions } from './http/tree-routes.ts';
import { storeNotification } from './notifications/store-notification.ts';
import type { OwnEventWriter } from './own-events/own-event-writer.ts';
import { readRecords } from './query/record-reader.ts';
import { createReconstruction } from './reconstruction/reconstruct-request.ts';
import { readStatistics } from './statistics/read-statistics.ts';
import type { Database } from './store/database.ts';
import { isPassingError, StoreUnavailableError } from './store/store-errors.ts';
import type { LogTails } from './tail/log-tails.ts';
import { createLogEvidence } from './tree/log-evidence.ts';
import type { LogTree } from './tree/log-tree.ts';
import type { Cosigner } from './witness/cosigner.ts';
import type { Witness } from './witness/parse-witness.ts';

/** What {@link createLogOperations} needs. */
export interface LogOperationsOptions {
  readonly database: Database;
  readonly logId: string;
  readonly ownEvents: OwnEventWriter;
  readonly tree: LogTree;
  readonly tails: LogTails;
  readonly cosigner: Cosigner;
  readonly witnesses: readonly Witness[];
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** What the routes ask of a log. */
export type LogOperations = TreeRouteOptions & ProofRouteOptions & Pick<HttpServerOptions, Operation>;

type Operation =
  | 'holds'
  | 'erase'
  | 'disclose'
  | 'read'
  | 'readStatistics'
  | 'reconstruct'
  | 'storeNotification'
  | 'openTail'
  | 'openExport'
  | 'openPack';

/**
 * Answers what the routes ask of a log, but for writing events to it. Each fails with a `StoreUnavailableError` while the
 * database is away.
 */
export function createLogOperations(options: LogOperationsOptions): LogOperations {
  const { cosigner, database, logId, tails, tree, witnesses } = options;
  const holds = createLegalHolds(options);
  const erase = createErasure(options);
  const disclose = createDisclosure(options);
  const reconstruct = createReconstruction(options);
  const exports = {
    ...options,
    signer: () => tree.signer,
    witnessKeys: witnesses.map(({ verifier }) => verifier.text),
    cosign: () => cosigner.cosign(),
  };
  return {
    ...createLogEvidence({ ...options, reachable }),
    holds: {
      place: (request, principal) => reachable(holds.place(request, principal)),
      release: (...request) => reachable(holds.release(...request)),
      list: (query) => reachable(holds.list(query)),
    },
    erase: (request) => reachable(erase(request)),
    disclose: (...request) => reachable(disclose(...request)),
    read: (query) => reachable(readRecords(database, logId, query)),
    readStatistics: (query) => reachable(readStatistics(database, logId, query)),
    reconstruct: (correlationId) => reachable(reconstruct(correlationId)),
    storeNotification: (notification) => reachable(storeNotification(database, notification)),
    openTail: (query, reader) => reachable(tails.open(query, reader)),
    openExport: (...request) => reachable(openExport(exports, ...request)),
    openPack: (...request) => reachable(openPack(exports, ...request)),
  };
}

/** Turns a failure that passes into what requests are told of it. */
export async function reachable<Result>(work: Promise<Result>): Promise<Result> {
  try {
    return await work;
  } catch (error) {
    throw isPassingError(error)
      ? new StoreUnavailableError('the database cannot be read now', { cause: error })
      : error;
  }
}
