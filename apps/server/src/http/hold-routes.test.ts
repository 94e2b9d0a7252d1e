import type { LegalHoldsResponse } from '@audit/schema';
import { expect, it } from 'vitest';
import { checkChain } from '../test-support/check-chain.ts';
import { describeDatabases } from '../test-support/describe-databases.ts';
import { sampleEvent } from '../test-support/sample-events.ts';
import { dataOf, problemOf, startTestServer, type TestServer } from '../test-support/test-server.ts';

const events = '/api/v1/audit/events';
const holds = '/api/v1/audit/legal-hold';
const json = { 'content-type': 'application/json' };

const placing = (correlation_id = 'rr-1', reason = 'Litigation 17.') => ({ correlation_id, reason });
const releasing = { release_reason: 'Settled.' };

async function store(server: TestServer, ...correlations: string[]): Promise<void> {
  for (const correlation_id of correlations) await server.post(events, sampleEvent({ correlation_id }));
}

async function list(server: TestServer, query = ''): Promise<LegalHoldsResponse> {
  return JSON.parse((await server.send('GET', `${holds}${query}`)).text);
}

async function heldFlags(server: TestServer, correlation: string): Promise<boolean[]> {
  const answer = await server.send(
    'GET',
    `${events}?order=asc&correlation_id=${encodeURIComponent(correlation)}`,
  );
  return dataOf(answer).map((record) => record.legal_hold);
}

describeDatabases('legal holds', (open) => {
  it('cover the records of a correlation, those that come later included, until they are released', async () => {
    let time = Date.parse('2026-01-15T12:00:00Z');
    const server = await startTestServer(open, { now: () => time });
    await store(server, 'rr-1', 'rr-1', 'rr-2');
    const placed = await server.post(holds, placing());
    expect([placed.status, JSON.parse(placed.text)]).toEqual([
      200,
      {
        correlation_id: 'rr-1',
        status: 'active',
        events_affected: 2,
        placed_by: 'anonymous',
        placed_at: '2026-01-15T12:00:00.000Z',
        reason: 'Litigation 17.',
        placed_sequence: 3,
      },
    ]);
    await store(server, 'rr-1');
    expect(await heldFlags(server, 'rr-1')).toEqual([true, true, true, true]);
    expect(await heldFlags(server, 'rr-2')).toEqual([false]);

    time += 1_000;
    const released = await server.delete(`${holds}/rr-1`, releasing);
    expect([released.status, JSON.parse(released.text)]).toEqual([
      200,
      {
        correlation_id: 'rr-1',
        events_released: 3,
        released_by: 'anonymous',
        released_at: '2026-01-15T12:00:01.000Z',
        release_reason: 'Settled.',
        released_sequence: 5,
      },
    ]);
    expect(await heldFlags(server, 'rr-1')).toEqual([false, false, false, false, false]);
    expect(await checkChain(server.database)).toBe(6);
  });

  it('are events of the correlation they hold, which name who acted and why', async () => {
    const server = await startTestServer(open);
    await store(server, 'rr-1');
    await server.post(holds, placing());
    await server.delete(`${holds}/rr-1`, releasing);
    const own = { correlation_id: 'rr-1', event_category: 'datastorage', actor_type: 'user' };
    expect((await server.records()).slice(1)).toMatchObject([
      {
        ...own,
        event_type: 'datastorage.legal_hold.placed',
        actor_id: 'anonymous',
        event_data: { reason: 'Litigation 17.' },
      },
      {
        ...own,
        event_type: 'datastorage.legal_hold.released',
        actor_id: 'anonymous',
        event_data: { release_reason: 'Settled.', hold_sequence: 1 },
      },
    ]);
  });

  it('are kept for ever with who, when and why, and can be placed again', async () => {
    const server = await startTestServer(open);
    await store(server, 'rr-1');
    await server.post(holds, placing('rr-1', 'First.'));
    await server.delete(`${holds}/rr-1`, releasing);
    await server.post(holds, placing('rr-1', 'Second.'));
    const all = await list(server, '?status=all');
    expect(all).toMatchObject({
      total: 2,
      next_cursor: null,
      holds: [
        { status: 'active', reason: 'Second.', placed_sequence: 3 },
        { status: 'released', reason: 'First.', release_reason: 'Settled.', released_sequence: 2 },
      ],
    });
    expect(await list(server)).toMatchObject({ total: 1, holds: [{ reason: 'Second.' }] });
  });

  it('are placed once, however many ask at once, and the first reason stays', async () => {
    const server = await startTestServer(open);
    await store(server, 'rr-1');
    const asked = Array.from({ length: 12 }, (_, index) =>
      fetch(`${server.url}${holds}`, {
        method: 'POST',
        headers: json,
        body: JSON.stringify(placing('rr-1', `Reason ${index}.`)),
      }),
    );
    const statuses = (await Promise.all(asked)).map((answer) => answer.status);
    expect(statuses.toSorted()).toEqual([200, ...Array.from({ length: 11 }, () => 409)]);
    expect(await checkChain(server.database)).toBe(2);
    const before = await list(server);
    const again = await server.post(holds, placing());
    expect([again.status, problemOf(again).type]).toEqual([409, 'urn:audit:problem:conflict']);
    expect(await list(server)).toEqual(before);
  });

  it('end once, however many ask at once', async () => {
    const server = await startTestServer(open);
    await store(server, 'rr-1');
    await server.post(holds, placing());
    const asked = Array.from({ length: 6 }, () =>
      fetch(`${server.url}${holds}/rr-1`, {
        method: 'DELETE',
        headers: json,
        body: JSON.stringify(releasing),
      }),
    );
    const statuses = (await Promise.all(asked)).map((answer) => answer.status);
    expect(statuses.toSorted()).toEqual([200, 404, 404, 404, 404, 404]);
    expect(await checkChain(server.database)).toBe(3);
  });

  it('are listed page by page, newest first, without gap or repetition', async () => {
    const server = await startTestServer(open);
    const names = Array.from({ length: 7 }, (_, index) => `rr-${index}`);
    await store(server, ...names);
    for (const name of names) await server.post(holds, placing(name));
    await server.delete(`${holds}/rr-3`, releasing);
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page = await list(server, `?limit=2${cursor === null ? '' : `&cursor=${cursor}`}`);
      expect(page.total).toBe(6);
      seen.push(...page.holds.map((hold) => hold.correlation_id));
      cursor = page.next_cursor;
    } while (cursor !== null);
    expect(seen).toEqual(['rr-6', 'rr-5', 'rr-4', 'rr-2', 'rr-1', 'rr-0']);
  });

  it('take any correlation id the log has, percent-encoded in the path', async () => {
    const server = await startTestServer(open);
    const names = ['a/b?c#d', '😀'.repeat(127), "'; drop schema audit cascade; --", '%2F', 'ü'.repeat(255)];
    await store(server, ...names);
    for (const name of names) {
      expect((await server.post(holds, placing(name))).status, name).toBe(200);
      expect(await heldFlags(server, name)).toEqual([true, true]);
      const path = `${holds}/${encodeURIComponent(name)}`;
      expect((await server.delete(path, releasing)).status, name).toBe(200);
    }
    expect(await checkChain(server.database)).toBe(15);
  });

  it('are refused, with every fault named and nothing written, when the request is wrong', async () => {
    const server = await startTestServer(open);
    await store(server, 'rr-1');
    const bad: [object, string[]][] = [
      [{}, ['/correlation_id', '/reason']],
      [{ ...placing(), reason: '' }, ['/reason']],
      [{ ...placing(), reason: 'x'.repeat(4_097) }, ['/reason']],
      [{ ...placing(), reason: 'a\u0000b' }, ['/reason']],
      [{ ...placing(), correlation_id: 'x'.repeat(256) }, ['/correlation_id']],
      [{ ...placing(), correlation_id: 7 }, ['/correlation_id']],
      [{ ...placing(), placed_by: 'root' }, ['/placed_by']],
      [[placing()], ['']],
    ];
    for (const [body, pointers] of bad) {
      const answer = await server.post(holds, body);
      expect([answer.status, problemOf(answer).errors?.map((error) => error.pointer)]).toEqual([
        400,
        pointers,
      ]);
    }
    expect((await server.send('POST', holds, 'no json', json)).status).toBe(400);
    expect((await server.send('POST', holds, '{}', { 'content-type': 'text/plain' })).status).toBe(415);
    expect((await server.post(holds, placing('rr-none'))).status).toBe(404);
    expect((await server.delete(`${holds}/rr-1`, releasing)).status).toBe(404);
    expect((await server.delete(`${holds}/rr-%00`, releasing)).status).toBe(400);
    expect((await server.delete(`${holds}/rr-1`, {})).status).toBe(400);
    expect((await server.send('DELETE', `${holds}/rr-1`)).status).toBe(400);
    expect((await server.send('PUT', holds)).status).toBe(405);
    for (const query of ['status=old', 'limit=0', 'limit=201', 'cursor=asc-1', 'reason=x']) {
      expect((await server.send('GET', `${holds}?${query}`)).status, query).toBe(400);
    }
    expect(await list(server, '?status=all')).toEqual({ holds: [], total: 0, next_cursor: null });
    expect(await checkChain(server.database)).toBe(1);
  });

  it('do not believe a header that says who asks', async () => {
    const server = await startTestServer(open);
    await store(server, 'rr-1');
    const headers = { ...json, 'x-forwarded-user': 'root', authorization: 'Bearer root', from: 'root@b' };
    const answer = await server.send('POST', holds, JSON.stringify(placing()), headers);
    expect(JSON.parse(answer.text).placed_by).toBe('anonymous');
    expect(JSON.stringify(await server.records())).not.toContain('root');
  });

  it('are answered with try again while the database is away, and nothing is kept for later', async () => {
    const database = await open();
    let isAway = false;
    const reach = <Result>(work: () => Promise<Result>): Promise<Result> =>
      isAway ? Promise.reject(Object.assign(new Error('away'), { code: 'ECONNREFUSED' })) : work();
    const server = await startTestServer(async () => ({
      ...database,
      query: (text, parameters) => reach(() => database.query(text, parameters)),
      load: (load) => reach(() => database.load(load)),
    }));
    await store(server, 'rr-1');
    isAway = true;
    const answers = [
      await server.post(holds, placing()),
      await server.delete(`${holds}/rr-1`, releasing),
      await server.send('GET', holds),
      await server.post('/api/v1/audit/personal-data/erase', { subject: 'anna', reason: 'Article 17.' }),
    ];
    expect(answers.map((answer) => answer.status)).toEqual([503, 503, 503, 503]);
    isAway = false;
    expect(await list(server, '?status=all')).toMatchObject({ total: 0 });
    expect(await checkChain(database)).toBe(1);
  });
});
