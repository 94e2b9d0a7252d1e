import {
  type AuditClient,
  type AuditManager,
  type BuildersFor,
  bindBuilders,
  type ManagerOptions,
} from '@audit/client';
import type { orchestratorEvents } from '@audit/schema';
import * as builders from './builders.ts';

const orchestratorBuilders = builders satisfies BuildersFor<typeof orchestratorEvents>;

/** One method per event of the remediation orchestrator, each returning what became of the event. */
export type OrchestratorAuditManager = AuditManager<typeof orchestratorBuilders>;

/**
 * Creates the audit manager of the remediation orchestrator.
 *
 * @example
 * const audit = createOrchestratorAuditManager(client);
 * audit.lifecycleTransitioned({ remediation, previousPhase: 'Pending' });
 * @throws {AuditError} `invalid_configuration` without a client: an audit trail that is not there must show at start
 */
export function createOrchestratorAuditManager(
  client: AuditClient,
  options?: ManagerOptions,
): OrchestratorAuditManager {
  return bindBuilders(client, orchestratorBuilders, options);
}
