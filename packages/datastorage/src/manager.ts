import {
  type AuditClient,
  type AuditManager,
  type BuildersFor,
  bindBuilders,
  type ManagerOptions,
} from '@audit/client';
import type { datastorageEvents } from '@audit/schema';
import * as builders from './builders.ts';

const datastorageBuilders = builders satisfies BuildersFor<typeof datastorageEvents>;

/** One method per event of the workflow catalogue, each returning what became of the event. */
export type DatastorageAuditManager = AuditManager<typeof datastorageBuilders>;

/**
 * Creates the audit manager of the workflow catalogue of the DataStorage service.
 *
 * @example
 * const audit = createDatastorageAuditManager(client);
 * audit.workflowCreated({ workflow });
 * @throws {AuditError} `invalid_configuration` without a client: an audit trail that is not there must show at start
 */
export function createDatastorageAuditManager(
  client: AuditClient,
  options?: ManagerOptions,
): DatastorageAuditManager {
  return bindBuilders(client, datastorageBuilders, options);
}
