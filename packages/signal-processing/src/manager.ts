import {
  type AuditClient,
  type AuditManager,
  type BuildersFor,
  bindBuilders,
  type ManagerOptions,
} from '@audit/client';
import type { signalProcessingEvents } from '@audit/schema';
import * as builders from './builders.ts';

const signalProcessingBuilders = builders satisfies BuildersFor<typeof signalProcessingEvents>;

/** One method per event of the signal processing controller, each returning what became of the event. */
export type SignalProcessingAuditManager = AuditManager<typeof signalProcessingBuilders>;

/**
 * Creates the audit manager of the signal processing controller.
 *
 * @example
 * const audit = createSignalProcessingAuditManager(client);
 * audit.phaseTransition({ signalProcessing, previousPhase: 'Pending' });
 * @throws {AuditError} `invalid_configuration` without a client: an audit trail that is not there must show at start
 */
export function createSignalProcessingAuditManager(
  client: AuditClient,
  options?: ManagerOptions,
): SignalProcessingAuditManager {
  return bindBuilders(client, signalProcessingBuilders, options);
}
