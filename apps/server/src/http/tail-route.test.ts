import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Database, Row } from '../store/database.ts';
import { days } from '../test-support/clock.ts';
import { describeDatabases } from '../test-support/describe-databases.ts';
import { fillLog } from '../test-support/fill-log.ts';
import { followStream } from '../test-support/follow-stream.ts';
import { startPurgingServer } from '../test-support/purging-server.ts';
import { readExample, sampleEvent } from '../test-support/sample-events.ts';
import { problemOf, startTestServer, type TestServer } from '../test-support/test-server.ts';

const path = '/api/v1/audit/events';

async function store(server: TestServer, count: number, members: Parameters<typeof sampleEvent>[0] = {}) {
  const answer = await server.post(
    `${path}/batch`,
    Array.from({ length: count }, () => sampleEvent(members)),
  );
  expect(answer.status).toBe(201);
}

const positions = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, index) => String(from + index));

describeDatabases('following the log', (open) => {
  it('gives what is stored from now on, as a query gives it, with its position as id', async () => {
    const server = await startTestServer(open);
    await store(server, 3);
    const stream = await followStream(server.url);
    expect([stream.status, stream.headers['content-type'], stream.headers['cache-control']]).toEqual([
      200,
      'text/event-stream; charset=utf-8',
      'no-store',
    ]);
    await server.post(path, sampleEvent({ resource_id: 'a\n\ndata: {}\r\u2028😀' }));
    await server.post(path, readExample('webhook.notification.cancelled.valid'));
    const records = await server.records();
    expect(await stream.take(2)).toEqual(
      records.slice(3).map((data) => ({ event: 'message', id: String(data.sequence), data })),
    );
  });

  it('goes on exactly where it was killed, whenever that is, while others write', async () => {
    const server = await startTestServer(open);
    await store(server, 5);
    let size = 5;
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 20 }), { maxLength: 4 }), async (kills) => {
        const seen: string[] = [];
        let lastId = '-1';
        for (const count of kills) {
          const stream = await followStream(server.url, '', { 'last-event-id': lastId });
          const written = store(server, 4);
          seen.push(...(await stream.take(Math.min(count, size - seen.length))).map(({ id }) => id));
          stream.kill();
          await written;
          size += 4;
          lastId = seen.at(-1) ?? lastId;
        }
        const rest = await followStream(server.url, `after_sequence=${lastId}`);
        seen.push(...(await rest.take(size - seen.length)).map(({ id }) => id));
        rest.kill();
        expect(seen).toEqual(positions(0, size));
      }),
      { numRuns: 5 },
    );
  });

  it('gives what matches, and says how far it has searched', async () => {
    const server = await startTestServer(open, { tails: { heartbeatMs: 20 } });
    await store(server, 4, { correlation_id: 'rr-a' });
    await store(server, 1, { correlation_id: 'rr-b', severity: 'critical' });
    await store(server, 3, { correlation_id: 'rr-a' });
    const stream = await followStream(server.url, 'after_sequence=-1&severity=critical');
    expect((await stream.take(1)).map(({ id }) => id)).toEqual(['4']);
    const more = stream.take(1);
    await expect.poll(() => stream.lastId).toBe('7');
    await store(server, 1, { correlation_id: 'rr-b', severity: 'critical' });
    expect((await more).map(({ id }) => id)).toEqual(['8']);
    for (const [query, ids] of [
      ['correlation_id=rr-b', ['4', '8']],
      ['detail_key=old_phase&detail_value=Pending', ['0', '1']],
    ] as const) {
      const filtered = await followStream(server.url, `after_sequence=-1&${query}`);
      expect((await filtered.take(2)).map(({ id }) => id)).toEqual(ids);
    }
  });

  it('skips only when asked to, and says what', async () => {
    const server = await startTestServer(open);
    await store(server, 10);
    const stream = await followStream(server.url, 'after_sequence=1&behind_max=3');
    const [skipped, ...events] = await stream.take(4);
    expect(skipped).toEqual({
      event: 'skipped',
      id: '6',
      data: { reason: 'behind', from_sequence: 2, to_sequence: 6, count: 5 },
    });
    expect(events.map(({ id }) => id)).toEqual(['7', '8', '9']);
    const near = await followStream(server.url, 'after_sequence=6&behind_max=3');
    expect((await near.take(3)).map(({ id }) => id)).toEqual(['7', '8', '9']);
  });

  it('says where records were purged', async () => {
    const { server, clock, old } = await startPurgingServer(open);
    await store(server, 2, old);
    await store(server, 1, { ...old, retention_days: 99 });
    await store(server, 1, old);
    const stream = await followStream(server.url);
    clock.time += days(9);
    expect(await stream.take(1)).toMatchObject([
      { id: '4', data: { event_type: 'datastorage.retention.purged' } },
    ]);
    const again = await followStream(server.url, 'after_sequence=-1');
    expect(await again.take(4)).toMatchObject([
      { event: 'skipped', id: '1', data: { reason: 'purged', from_sequence: 0, to_sequence: 1, count: 2 } },
      { event: 'message', id: '2' },
      { event: 'skipped', id: '3', data: { reason: 'purged', from_sequence: 3, to_sequence: 3, count: 1 } },
      { event: 'message', id: '4' },
    ]);
  });

  it('sees what other servers of the database store, and outlives an absence of the database', async () => {
    const database = await open();
    let isAway = false;
    const shared = async (): Promise<Database> => ({
      ...database,
      close: async () => {},
      query: <Result extends Row>(text: string, parameters?: readonly unknown[]) =>
        isAway
          ? Promise.reject(Object.assign(new Error('away'), { code: 'ECONNREFUSED' }))
          : database.query<Result>(text, parameters),
    });
    const server = await startTestServer(shared, { tails: { pollMs: 5, heartbeatMs: 5 } });
    const other = await startTestServer(async () => ({ ...database, close: async () => {} }));
    const stream = await followStream(server.url);
    await store(other, 2);
    expect((await stream.take(2)).map(({ id }) => id)).toEqual(['0', '1']);
    isAway = true;
    await store(other, 1);
    const absent = await fetch(`${server.url}${path}/tail`);
    expect([absent.status, absent.headers.get('retry-after')]).toEqual([503, '1']);
    isAway = false;
    expect((await stream.take(1)).map(({ id }) => id)).toEqual(['2']);
  });

  it('takes so many readers and no more, and frees the place of one that has gone', async () => {
    const server = await startTestServer(open, { tails: { readersMax: 2 } });
    const [first] = [await followStream(server.url), await followStream(server.url)];
    const third = await server.send('GET', `${path}/tail`);
    expect([third.status, third.headers['retry-after'], problemOf(third).detail]).toEqual([
      503,
      '5',
      'The server has the 2 readers of streams that it takes, or is stopping. Try again later.',
    ]);
    first?.kill();
    await expect.poll(async () => (await followStream(server.url)).status, { timeout: 10_000 }).toBe(200);
  });

  it('refuses what it cannot use, and names it', async () => {
    const server = await startTestServer(open);
    await store(server, 2);
    const bad: [string, Record<string, string>, string][] = [
      ['after_sequence=-2', {}, '/after_sequence'],
      ['after_sequence=x', {}, '/after_sequence'],
      ['after_sequence=2', {}, '/after_sequence'],
      ['after_sequence=9007199254740993', {}, '/after_sequence'],
      ['after_sequence=0', { 'last-event-id': '7' }, '/Last-Event-ID'],
      ['', { 'last-event-id': '1, 1' }, '/Last-Event-ID'],
      ['', { 'last-event-id': 'zero' }, '/Last-Event-ID'],
      ['behind_max=0', {}, '/behind_max'],
      ['limit=1', {}, '/limit'],
      ['detail_key=x', {}, '/detail_value'],
    ];
    for (const [query, headers, pointer] of bad) {
      const answer = await server.send('GET', `${path}/tail?${query}`, undefined, headers);
      expect([answer.status, problemOf(answer).errors?.map((error) => error.pointer)], query).toEqual([
        400,
        [pointer],
      ]);
    }
    expect((await server.send('POST', `${path}/tail`)).headers.allow).toBe('GET');
  });

  it('ends with a word when the server stops', async () => {
    const server = await startTestServer(open);
    const stream = await followStream(server.url);
    await store(server, 1);
    expect((await stream.take(1)).map(({ id }) => id)).toEqual(['0']);
    await server.close();
    expect(await stream.take(9)).toEqual([{ event: 'closing', id: '0', data: {} }]);
  });

  it('reads for a reader only what it takes', async () => {
    let statements = 0;
    const server = await startTestServer(async () => {
      const database = await open();
      return {
        ...database,
        query<Result extends Row>(text: string, parameters?: readonly unknown[]) {
          if (text.includes('limit 64')) statements += 1;
          return database.query<Result>(text, parameters);
        },
      };
    });
    await fillLog(server.database, { records: 6_400, recordBytes: 8_000 });
    const stream = await followStream(server.url, 'after_sequence=-1');
    stream.pause();
    // 50 MB do not fit into the buffers of two sockets: whoever reads nothing stops the statements.
    const standing = await standingCount(() => statements);
    expect(standing).toBeLessThan(90);
  });
});

/** Waits until a count has stood still for a while. */
async function standingCount(read: () => number): Promise<number> {
  for (;;) {
    const before = read();
    await new Promise((resolve) => setTimeout(resolve, 500));
    if (read() === before && before > 0) return before;
  }
}
