import {
  type AuditClient,
  type AuditManager,
  type BuildersFor,
  bindBuilders,
  type ManagerOptions,
} from '@audit/client';
import type { gatewayEvents } from '@audit/schema';
import * as builders from './builders.ts';

const gatewayBuilders = builders satisfies BuildersFor<typeof gatewayEvents>;

/** One method per event of the gateway, each returning what became of the event. */
export type GatewayAuditManager = AuditManager<typeof gatewayBuilders>;

/**
 * Creates the audit manager of the gateway.
 *
 * @example
 * const audit = createGatewayAuditManager(client);
 * audit.signalReceived({ signal, remediationRequest });
 * @throws {AuditError} `invalid_configuration` without a client: an audit trail that is not there must show at start
 */
export function createGatewayAuditManager(
  client: AuditClient,
  options?: ManagerOptions,
): GatewayAuditManager {
  return bindBuilders(client, gatewayBuilders, options);
}
