import type { NotificationAudit } from '@audit/schema';
import { expect, it } from 'vitest';
import { describeDatabases } from '../test-support/describe-databases.ts';
import { problemOf, startTestServer } from '../test-support/test-server.ts';

const path = '/api/v1/audit/notifications';
const now = () => Date.parse('2026-01-15T12:00:00Z');

const sent = {
  remediation_id: 'rr-1',
  notification_id: 'n-1',
  recipient: '#payments-oncall',
  channel: 'slack',
  message_summary: 'Approval needed.',
  status: 'sent',
  sent_at: '2026-01-15T11:59:59.123456+02:00',
};

describeDatabases('notifications', (open) => {
  it('are stored whole, and once', async () => {
    const server = await startTestServer(open, { now });
    const first = await server.post(path, sent);
    expect(first.status, first.text).toBe(201);
    // The answer was checked against the contract.
    const { id, created_at, updated_at, ...members } = JSON.parse(first.text) as NotificationAudit;
    expect(members).toEqual({
      ...sent,
      sent_at: '2026-01-15T09:59:59.123456Z',
      delivery_status: null,
      error_message: null,
      escalation_level: 0,
    });
    expect([id, created_at]).toEqual([1, updated_at]);

    const answers = await Promise.all(
      Array.from({ length: 5 }, () =>
        fetch(`${server.url}${path}`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ ...sent, notification_id: "n'2" }),
        }),
      ),
    );
    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 409, 409, 409, 409]);
    const again = await server.post(path, { ...sent, status: 'failed' });
    expect([again.status, problemOf(again)]).toMatchObject([
      409,
      {
        type: 'urn:audit:problem:conflict',
        resource: 'notification_audit',
        field: 'notification_id',
        value: 'n-1',
      },
    ]);
    const rows = await server.database.query(
      'select notification_id, status from audit.notification_audit order by notification_id',
    );
    expect(rows).toEqual([
      { notification_id: "n'2", status: 'sent' },
      { notification_id: 'n-1', status: 'sent' },
    ]);
  });

  it('take what either validator of the reference takes, and nothing else', async () => {
    const server = await startTestServer(open, { now });
    const good = [
      ...['email', 'slack', 'pagerduty', 'teams', 'webhook', 'console', 'file', 'log'].map((channel) => ({
        channel,
      })),
      ...['sent', 'failed', 'pending', 'acknowledged', 'escalated'].map((status) => ({ status })),
      { recipient: 'x'.repeat(500) },
      { message_summary: 'x'.repeat(1_000) },
      { escalation_level: 100, delivery_status: '200 OK', error_message: null },
      { sent_at: '2026-01-15T12:05:00Z' },
      { sent_at: '0001-01-01T00:00:00Z' },
    ];
    for (const [index, members] of good.entries()) {
      const answer = await server.post(path, { ...sent, notification_id: `n-${index}`, ...members });
      expect(answer.status, answer.text).toBe(201);
    }
    const bad: [object, string][] = [
      [{ remediation_id: ' ' }, '/remediation_id'],
      [{ notification_id: 'x'.repeat(256) }, '/notification_id'],
      [{ notification_id: undefined }, '/notification_id'],
      [{ recipient: 'x'.repeat(501) }, '/recipient'],
      [{ channel: 'fax' }, '/channel'],
      [{ message_summary: '  ' }, '/message_summary'],
      [{ status: 'lost' }, '/status'],
      [{ sent_at: 'today' }, '/sent_at'],
      [{ sent_at: '2026-01-15T12:05:00.001Z' }, '/sent_at'],
      [{ escalation_level: 101 }, '/escalation_level'],
      [{ escalation_level: -1 }, '/escalation_level'],
      [{ error_message: 'a\u0000b' }, '/error_message'],
      [{ colour: 'red' }, '/colour'],
    ];
    for (const [members, pointer] of bad) {
      const answer = await server.post(path, { ...sent, notification_id: 'n-new', ...members });
      expect([answer.status, problemOf(answer).errors?.map((error) => error.pointer)]).toEqual([
        400,
        [pointer],
      ]);
    }
    const [row] = await server.database.query<{ count: number }>(
      'select count(*)::integer as count from audit.notification_audit',
    );
    expect(row?.count).toBe(good.length);
  });
});
