import {
  type AuditClient,
  type AuditManager,
  type BuildersFor,
  bindBuilders,
  type ManagerOptions,
} from '@audit/client';
import type { webhookEvents } from '@audit/schema';
import * as builders from './builders.ts';

const webhookBuilders = builders satisfies BuildersFor<typeof webhookEvents>;

/** One method per event of the admission webhooks, each returning what became of the event. */
export type WebhookAuditManager = AuditManager<typeof webhookBuilders>;

/**
 * Creates the audit manager of the admission webhooks.
 *
 * @example
 * const audit = createWebhookAuditManager(client);
 * audit.approvalDecided({ request, previous, user, decidedAt });
 * @throws {AuditError} `invalid_configuration` without a client: an audit trail that is not there must show at start
 */
export function createWebhookAuditManager(
  client: AuditClient,
  options?: ManagerOptions,
): WebhookAuditManager {
  return bindBuilders(client, webhookBuilders, options);
}
