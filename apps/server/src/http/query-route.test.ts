import type { AuditEvent } from '@audit/schema';
import { expect, it } from 'vitest';
import { describeDatabases } from '../test-support/describe-databases.ts';
import { readExample, sampleEvent } from '../test-support/sample-events.ts';
import { dataOf, problemOf, startTestServer, type TestServer } from '../test-support/test-server.ts';

const path = '/api/v1/audit/events';

/** What is missing where one of two parameters is given. */
const otherOf: Readonly<Record<string, string>> = { detail_key: 'detail_value', detail_value: 'detail_key' };

async function sequences(server: TestServer, query: string): Promise<number[]> {
  return dataOf(await server.send('GET', `${path}?${query}`)).map((record) => record.sequence);
}

describeDatabases('reading events', (open) => {
  it('filters by every member, alone and together', async () => {
    const server = await startTestServer(open);
    const gateway = readExample('gateway.signal.received.valid') as object;
    await server.post(`${path}/batch`, [
      sampleEvent({ correlation_id: 'rr-a', event_outcome: 'failure', severity: 'critical' }),
      sampleEvent({ correlation_id: 'rr-b', event_timestamp: '2026-01-14T23:59:59.999999Z' }),
      { ...gateway, correlation_id: 'rr-a', event_timestamp: '2026-01-16T01:30:00+02:00' },
    ]);
    const cases: [string, number[]][] = [
      ['', [2, 1, 0]],
      ['order=asc', [0, 1, 2]],
      ['correlation_id=rr-a', [2, 0]],
      ['event_type=aianalysis.phase.transition', [1, 0]],
      ['event_category=gateway', [2]],
      ['event_outcome=failure', [0]],
      ['severity=critical', [0]],
      ['correlation_id=rr-a&event_category=analysis', [0]],
      ['correlation_id=rr-none', []],
      ['since=2026-01-15', [2, 0]],
      ['since=2026-01-14T23:59:59.999999Z', [2, 1, 0]],
      ['until=2026-01-14T23:59:59.999999Z', [1]],
      ['since=2026-01-15T10:30:00.123456Z&until=2026-01-15T10:30:00.123456Z', [0]],
      ['since=2026-01-15T23:30:00Z', [2]],
      ['since=2026-01-16T00:00:00', []],
      ['limit=1', [2]],
      ['limit=1&offset=1', [1]],
    ];
    for (const [query, expected] of cases) expect(await sequences(server, query), query).toEqual(expected);
  });

  it('filters by every column, and by any member of the payload', async () => {
    const server = await startTestServer(open);
    const own = {
      event_action: 'looked',
      actor_type: 'robot',
      actor_id: 'anna',
      resource_type: 'Pod',
      resource_id: 'pod-1',
      namespace: 'checkout',
      cluster_name: 'eu-1',
      parent_event_id: '019bbbad-4606-7c83-8695-a8e7c7176213',
      event_id: '019bbbad-4606-7c83-8695-a8e7c7176299',
    };
    const cancelled = readExample('webhook.notification.cancelled.valid') as AuditEvent;
    const events = [
      sampleEvent(),
      sampleEvent(own),
      cancelled,
      sampleEvent({
        event_data: { event_type: 'aianalysis.phase.transition', old_phase: "'", new_phase: '%' },
      }),
      sampleEvent({
        event_data: {
          event_type: 'aianalysis.phase.transition',
          old_phase: 'a"b\\c/é\n\u2028😀',
          new_phase: '<b>',
        },
      }),
    ];
    expect((await server.post(`${path}/batch`, events)).status).toBe(201);
    for (const [name, value] of Object.entries(own)) {
      expect(await sequences(server, `${name}=${value}`), name).toEqual([1]);
      expect(await sequences(server, `${name}=${value}&severity=none`), name).toEqual([]);
    }
    expect(await sequences(server, 'event_id=019BBBAD-4606-7C83-8695-A8E7C7176299')).toEqual([1]);
    const detail = (key: string, value: string) =>
      sequences(server, `detail_key=${key}&detail_value=${encodeURIComponent(value)}`);
    expect(await detail('old_phase', 'Pending')).toEqual([1, 0]);
    expect(await detail('old_phase', "'")).toEqual([3]);
    expect(await detail('new_phase', '%')).toEqual([3]);
    expect(await detail('old_phase', 'a"b\\c/é\n\u2028😀')).toEqual([4]);
    expect(await detail('new_phase', '<b>')).toEqual([4]);
    expect(await detail('old_phase', 'pending')).toEqual([]);
    expect(await detail('none', 'Pending')).toEqual([]);
    // Personal data lies beside the record.
    const { cancelled_by } = cancelled.event_data as unknown as { cancelled_by: string };
    expect(await detail('cancelled_by', cancelled_by)).toEqual([2]);
  });

  it('takes hostile values for what they are: text', async () => {
    const server = await startTestServer(open);
    const hostile = [
      "'; drop schema audit cascade; --",
      '$1',
      '%',
      '\\',
      '{}',
      '"',
      '\u2028😀é',
      '../../etc/passwd',
      '\n\r\tx',
    ];
    await server.post(
      `${path}/batch`,
      hostile.map((text) => sampleEvent({ resource_id: text, correlation_id: text, actor_id: text })),
    );
    for (const [at, text] of hostile.entries()) {
      const value = encodeURIComponent(text);
      for (const name of ['resource_id', 'correlation_id', 'actor_id']) {
        expect(await sequences(server, `${name}=${value}`), `${name} ${text}`).toEqual([at]);
      }
      expect(await sequences(server, `event_type=${value}`)).toEqual([]);
      expect(await sequences(server, `detail_key=old_phase&detail_value=${value}`)).toEqual([]);
    }
    expect(
      await sequences(server, 'detail_key=event_type&detail_value=aianalysis.phase.transition&limit=2'),
    ).toEqual([8, 7]);
  });

  it('counts spans back from now', async () => {
    const server = await startTestServer(open, { now: () => Date.parse('2026-01-15T12:00:00Z') });
    await server.post(path, sampleEvent({ event_timestamp: '2026-01-15T10:30:00Z' }));
    expect(await sequences(server, 'since=1h30m')).toEqual([0]);
    expect(await sequences(server, 'since=89m')).toEqual([]);
    expect(await sequences(server, 'until=1h')).toEqual([0]);
    expect(await sequences(server, 'since=1d&until=-1h')).toEqual([0]);
  });

  it.each(['asc', 'desc'] as const)(
    'pages by cursor, %s, without gap or repetition while events arrive',
    async (order) => {
      const server = await startTestServer(open);
      await server.post(
        `${path}/batch`,
        Array.from({ length: 25 }, () => sampleEvent()),
      );
      const seen: number[] = [];
      let cursor: string | null = null;
      do {
        const page = `${path}?order=${order}&limit=7&until=2026-01-16${cursor === null ? '' : `&cursor=${cursor}`}`;
        const answer = await server.send('GET', page);
        seen.push(...dataOf(answer).map((record) => record.sequence));
        cursor = JSON.parse(answer.text).pagination.next_cursor;
        await server.post(path, sampleEvent({ event_timestamp: '2026-02-01T00:00:00Z' }));
      } while (cursor !== null);
      const expected = Array.from({ length: 25 }, (_, index) => index);
      expect(seen).toEqual(order === 'asc' ? expected : expected.reverse());
    },
  );

  it('tells the total, and when there is more', async () => {
    const server = await startTestServer(open);
    await server.post(
      `${path}/batch`,
      Array.from({ length: 3 }, () => sampleEvent()),
    );
    const page = async (query: string) =>
      JSON.parse((await server.send('GET', `${path}?${query}`)).text).pagination;
    expect(await page('limit=2')).toEqual({
      limit: 2,
      offset: 0,
      total: 3,
      total_is_capped: false,
      has_more: true,
      next_cursor: 'desc-1',
    });
    expect(await page('limit=2&offset=2')).toMatchObject({ total: 3, has_more: false, next_cursor: null });
    const uncounted = { limit: 2, offset: 0, has_more: true, next_cursor: 'desc-1' };
    expect(await page('limit=2&total=none')).toEqual(uncounted);
    expect(await page('limit=2&total=counted')).toEqual({ ...uncounted, total: 3, total_is_capped: false });
  });

  it('refuses every parameter it cannot use, and names it', async () => {
    const server = await startTestServer(open);
    const bad = [
      'limit=0',
      'limit=1001',
      'limit=1e2',
      'offset=-1',
      'order=newest',
      'total=exact',
      'event_outcome=maybe',
      'since=yesterday',
      'since=2026-02-30',
      'until=2026-01-15T25:00:00Z',
      'since=-1d',
      'cursor=asc-5',
      'cursor=desc-x',
      'correlation_id=',
      `correlation_id=${'x'.repeat(256)}`,
      'correlation_id=%00',
      'event_id=1',
      'parent_event_id=019bbbad',
      'namespace=%ff%00',
      `cluster_name=${'x'.repeat(256)}`,
      'detail_value=x',
      'detail_key=x',
      'colour=red',
      'limit=1&limit=2',
    ];
    for (const query of bad) {
      const answer = await server.send('GET', `${path}?${query}`);
      const [name = ''] = query.split('=', 1);
      expect([answer.status, problemOf(answer).errors?.map((error) => error.pointer)], query).toEqual([
        400,
        [`/${otherOf[name] ?? name}`],
      ]);
    }
    const key = await server.send('GET', `${path}?detail_key=a-b&detail_value=x`);
    expect(problemOf(key).errors?.map((error) => error.pointer)).toEqual(['/detail_key']);
  });

  it('gives back records byte for byte', async () => {
    const server = await startTestServer(open);
    const event = sampleEvent({ actor_id: '\u2028<>&"\\ é😀', resource_id: '\ud83d\ude00' });
    await server.post(path, event);
    const [row] = await server.database.query<{ record: string }>(
      'select record::text as record from audit.records',
    );
    const answer = await server.send('GET', path);
    expect(answer.text).toContain(`[${row?.record.slice(0, -1)},"event_hash":"`);
  });
});
