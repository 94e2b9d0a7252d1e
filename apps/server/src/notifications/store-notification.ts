import type { NotificationAudit, RequestOf } from '@audit/schema';
import { columnTime } from '../record/column-time.ts';
import type { Database } from '../store/database.ts';
import { readQuery } from '../store/sql.ts';

const addNotification = readQuery('add-notification');

/** Stores a notification; undefined when its id is taken. */
export async function storeNotification(
  database: Database,
  given: RequestOf<'notificationAudit'>,
): Promise<NotificationAudit | undefined> {
  const [row] = await database.query<{ notification: string }>(addNotification, [
    given.remediation_id,
    given.notification_id,
    given.recipient,
    given.channel,
    given.message_summary,
    given.status,
    columnTime(given.sent_at),
    given.delivery_status ?? null,
    given.error_message ?? null,
    given.escalation_level ?? 0,
  ]);
  // The statement writes exactly the members of NotificationAudit.
  return row === undefined ? undefined : (JSON.parse(row.notification) as NotificationAudit);
}
