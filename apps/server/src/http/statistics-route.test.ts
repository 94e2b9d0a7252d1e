import type { AuditEvent, AuditStatistics } from '@audit/schema';
import { expect, it } from 'vitest';
import { readStatistics } from '../statistics/read-statistics.ts';
import { describeDatabases } from '../test-support/describe-databases.ts';
import { readExample, sampleEvent } from '../test-support/sample-events.ts';
import { problemOf, startTestServer, type TestServer } from '../test-support/test-server.ts';

const path = '/api/v1/audit/statistics';
const now = () => Date.parse('2026-01-15T12:30:00Z');

async function statistics(server: TestServer, query = ''): Promise<AuditStatistics> {
  const answer = await server.send('GET', `${path}?${query}`);
  expect(answer.status, answer.text).toBe(200);
  // The answer was checked against the contract.
  return JSON.parse(answer.text) as AuditStatistics;
}

const at = (event_timestamp: string, event_outcome: AuditEvent['event_outcome'] = 'success') =>
  sampleEvent({ event_timestamp, event_outcome, correlation_id: 'rr-1' });

async function fill(server: TestServer): Promise<void> {
  const gateway = readExample('gateway.signal.received.valid') as AuditEvent;
  const events = [
    at('2026-01-14T23:59:59.999999Z', 'failure'),
    at('2026-01-15T10:00:00Z'),
    at('2026-01-15T10:59:59.999999Z', 'failure'),
    at('2026-01-15T10:30:00Z', 'failure'),
    { ...gateway, event_timestamp: '2026-01-15T12:15:00+02:00' },
    at('2026-01-15T12:30:00Z', 'pending'),
  ];
  expect((await server.post('/api/v1/audit/events/batch', events)).status).toBe(201);
}

describeDatabases('statistics', (open) => {
  it('count events by hour, category and outcome, empty hours included', async () => {
    const server = await startTestServer(open, { now });
    await fill(server);
    const empty = { total: 0, failures: 0, counts: [] };
    expect(await statistics(server, 'since=2026-01-15T09:10:00Z')).toEqual({
      interval: 'hour',
      since: '2026-01-15T09:10:00Z',
      until: '2026-01-15T12:30:00.000Z',
      total: 5,
      is_capped: false,
      buckets: [
        { start: '2026-01-15T09:00:00Z', ...empty },
        {
          start: '2026-01-15T10:00:00Z',
          total: 4,
          failures: 2,
          counts: [
            { event_category: 'analysis', event_outcome: 'failure', count: 2 },
            { event_category: 'analysis', event_outcome: 'success', count: 1 },
            { event_category: 'gateway', event_outcome: 'success', count: 1 },
          ],
        },
        { start: '2026-01-15T11:00:00Z', ...empty },
        {
          start: '2026-01-15T12:00:00Z',
          total: 1,
          failures: 0,
          counts: [{ event_category: 'analysis', event_outcome: 'pending', count: 1 }],
        },
      ],
    });
  });

  it('are over the last day unless asked otherwise, by minute, hour or day, of what a filter leaves', async () => {
    const server = await startTestServer(open, { now });
    await fill(server);
    const totals = async (query: string) => {
      const { total, buckets } = await statistics(server, query);
      return [total, buckets.length];
    };
    expect(await totals('')).toEqual([6, 25]);
    expect(await totals('interval=day')).toEqual([6, 2]);
    expect(await totals('interval=minute')).toEqual([6, 1441]);
    expect(await totals('interval=day&since=2026-01-01')).toEqual([6, 15]);
    expect(await totals('event_category=gateway')).toEqual([1, 25]);
    expect(await totals('event_outcome=failure&correlation_id=rr-1')).toEqual([3, 25]);
    expect(await totals('until=2026-01-15T10:00:00Z')).toEqual([2, 25]);
    expect(await totals('since=2026-01-15T10:00:00Z&until=2026-01-15T10:00:00Z')).toEqual([1, 1]);
    expect(await totals('since=1969-12-31T23:30:00Z&until=1970-01-01T00:10:00Z')).toEqual([0, 2]);
  });

  it('count the newest of the log up to a cap, and say so', async () => {
    const server = await startTestServer(open, { now });
    await fill(server);
    const query = {
      equals: {},
      interval: 'day',
      since: '2026-01-14T00:00:00Z',
      until: '2026-01-15T23:00:00Z',
    } as const;
    const counted = async (countedMax: number) => {
      const { total, is_capped, buckets } = await readStatistics(
        server.database,
        'default',
        query,
        countedMax,
      );
      return [total, is_capped, ...buckets.map((bucket) => bucket.total)];
    };
    expect(await counted(7)).toEqual([6, false, 1, 5]);
    expect(await counted(2)).toEqual([2, true, 0, 2]);
  });

  it('refuse what they cannot count, and name it', async () => {
    const server = await startTestServer(open, { now });
    const bad = [
      ['interval=week', '/interval'],
      ['interval=minute&since=26h', '/interval'],
      ['interval=day&since=2015-01-01', '/interval'],
      ['since=-1h', '/since'],
      ['since=2026-01-15&until=2026-01-14', '/since'],
      ['until=never', '/until'],
      ['limit=5', '/limit'],
      ['detail_key=a&detail_value=b', '/detail_key'],
    ];
    for (const [query, pointer] of bad) {
      const answer = await server.send('GET', `${path}?${query}`);
      expect([answer.status, problemOf(answer).errors?.[0]?.pointer], query).toEqual([400, pointer]);
    }
  });
});
