import {
  type AuditClient,
  type AuditManager,
  type BuildersFor,
  bindBuilders,
  type ManagerOptions,
} from '@audit/client';
import type { aianalysisEvents } from '@audit/schema';
import * as builders from './builders.ts';

const aiAnalysisBuilders = builders satisfies BuildersFor<typeof aianalysisEvents>;

/** One method per event of the AI analysis controller, each returning what became of the event. */
export type AIAnalysisAuditManager = AuditManager<typeof aiAnalysisBuilders>;

/**
 * Creates the audit manager of the AI analysis controller.
 *
 * @example
 * const audit = createAIAnalysisAuditManager(client);
 * audit.phaseTransition({ analysis, previousPhase: 'Pending' });
 * @throws {AuditError} `invalid_configuration` without a client: an audit trail that is not there must show at start
 */
export function createAIAnalysisAuditManager(
  client: AuditClient,
  options?: ManagerOptions,
): AIAnalysisAuditManager {
  return bindBuilders(client, aiAnalysisBuilders, options);
}
