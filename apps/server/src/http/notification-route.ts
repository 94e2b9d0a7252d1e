import { describeReceived, eventIssue, type NotificationAudit, type RequestOf } from '@audit/schema';
import type { FastifyInstance } from 'fastify';
import { parseRequestBody } from './parse-request-body.ts';
import { RequestProblem } from './request-problem.ts';

/** What the route of notifications needs. */
export interface NotificationRouteOptions {
  /** Stores a notification; undefined when its id is taken. */
  readonly storeNotification: (
    notification: RequestOf<'notificationAudit'>,
  ) => Promise<NotificationAudit | undefined>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** Adds `POST /api/v1/audit/notifications`. */
export function addNotificationRoute(server: FastifyInstance, options: NotificationRouteOptions): void {
  server.post('/api/v1/audit/notifications', async (request, reply) => {
    const notification = parseRequestBody('notificationAudit', request);
    checkTime(notification.sent_at, options.now());
    const stored = await options.storeNotification(notification);
    if (stored === undefined) throw taken(notification.notification_id);
    return reply.code(201).send(stored);
  });
}

const futureMsMax = 300_000;

function checkTime(sentAt: string, now: number): void {
  if (Date.parse(sentAt) <= now + futureMsMax) return;
  const issue = eventIssue({
    code: 'out_of_time',
    pointer: '/sent_at',
    expected: "a time at most 300 seconds ahead of the server's clock",
    received: describeReceived(sentAt),
  });
  throw new RequestProblem(
    'validation-error',
    'The request breaks the contract; nothing was done. See errors.',
    {
      errors: [issue],
    },
  );
}

function taken(value: string): RequestProblem {
  const detail = 'A notification is stored under this id already; nothing was changed.';
  return new RequestProblem('conflict', detail, {
    taken: { resource: 'notification_audit', field: 'notification_id', value },
  });
}
