import {
  type AuditClient,
  type AuditManager,
  type BuildersFor,
  bindBuilders,
  type ManagerOptions,
} from '@audit/client';
import type { holmesgptEvents } from '@audit/schema';
import * as builders from './builders.ts';

const holmesgptBuilders = builders satisfies BuildersFor<typeof holmesgptEvents>;

/** One method per event of the HolmesGPT service, each returning what became of the event. */
export type HolmesgptAuditManager = AuditManager<typeof holmesgptBuilders>;

/**
 * Creates the audit manager of the HolmesGPT service.
 *
 * @example
 * const audit = createHolmesgptAuditManager(client);
 * audit.responseComplete({ request, response, eventId: crypto.randomUUID() });
 * @throws {AuditError} `invalid_configuration` without a client: an audit trail that is not there must show at start
 */
export function createHolmesgptAuditManager(
  client: AuditClient,
  options?: ManagerOptions,
): HolmesgptAuditManager {
  return bindBuilders(client, holmesgptBuilders, options);
}
