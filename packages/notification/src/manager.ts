import {
  type AuditClient,
  type AuditManager,
  type BuildersFor,
  bindBuilders,
  type ManagerOptions,
} from '@audit/client';
import type { notificationEvents } from '@audit/schema';
import * as builders from './builders.ts';

const notificationBuilders = builders satisfies BuildersFor<typeof notificationEvents>;

/** One method per event of the notification controller, each returning what became of the event. */
export type NotificationAuditManager = AuditManager<typeof notificationBuilders>;

/**
 * Creates the audit manager of the notification controller.
 *
 * @example
 * const audit = createNotificationAuditManager(client);
 * audit.messageSent({ notification, channel: 'slack' });
 * @throws {AuditError} `invalid_configuration` without a client: an audit trail that is not there must show at start
 */
export function createNotificationAuditManager(
  client: AuditClient,
  options?: ManagerOptions,
): NotificationAuditManager {
  return bindBuilders(client, notificationBuilders, options);
}
