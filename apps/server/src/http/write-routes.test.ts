import { datastorageServerEvents } from '@audit/schema';
import { describe, expect, it } from 'vitest';
import { checkChain } from '../test-support/check-chain.ts';
import { describeDatabases } from '../test-support/describe-databases.ts';
import { exampleTypes, readExample, sampleEvent } from '../test-support/sample-events.ts';
import { signingKeyFile } from '../test-support/signing-key.ts';
import { dataOf, problemOf, startTestServer } from '../test-support/test-server.ts';

const single = '/api/v1/audit/events';
const batch = '/api/v1/audit/events/batch';

describeDatabases('writing events', (open) => {
  it('stores the valid example of every event type and reads it back with every member unchanged', async () => {
    const server = await startTestServer(open);
    const events = exampleTypes.map((type) => readExample(`${type}.valid`)) as { event_id: string }[];
    const answer = await server.post(batch, events);
    expect(answer.status).toBe(201);
    expect(JSON.parse(answer.text).event_ids).toEqual(events.map((event) => event.event_id));
    const records = await server.records();
    expect(records).toHaveLength(events.length);
    records.forEach((record, index) => {
      expect(record).toMatchObject(events[index] as object);
    });
    expect(await checkChain(server.database)).toBe(events.length);
  });

  it('answers 201 with the id and time of the event, and fills in the defaults', async () => {
    const server = await startTestServer(open, { now: () => Date.parse('2026-01-15T12:00:00Z') });
    const event = sampleEvent();
    const answer = await server.post(single, event);
    expect([answer.status, JSON.parse(answer.text)]).toEqual([
      201,
      {
        event_id: event.event_id,
        event_timestamp: event.event_timestamp,
        message: 'Audit event created successfully',
      },
    ]);
    const [record] = await server.records();
    expect(record).toEqual({
      ...event,
      actor_type: 'service',
      actor_id: 'analysis-service',
      resource_type: 'analysis',
      resource_id: event.correlation_id,
      severity: 'info',
      log_id: 'default',
      sequence: 0,
      received_at: '2026-01-15T12:00:00.000Z',
      previous_event_hash: '',
      event_hash: expect.stringMatching(/^[0-9a-f]{64}$/),
      legal_hold: false,
      event_date: '2026-01-15',
    });
  });

  it('refuses the events that the server keeps for itself, and does nothing of what they say', async () => {
    const server = await startTestServer(open);
    for (const { type } of Object.values(datastorageServerEvents)) {
      const answer = await server.post(batch, [sampleEvent(), readExample(`${type}.valid`)]);
      expect([answer.status, problemOf(answer).errors]).toMatchObject([
        400,
        [{ index: 1, pointer: '/event_type', code: 'wrong_value' }],
      ]);
    }
    expect(await checkChain(server.database)).toBe(0);
  });

  it('makes an id for an event that has none', async () => {
    const server = await startTestServer(open);
    const { event_id: _left, ...event } = sampleEvent();
    const answer = await server.post(single, event);
    const [record] = await server.records();
    expect(JSON.parse(answer.text).event_id).toBe(record?.event_id);
    expect(record?.event_id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7/);
  });

  it('stores an event sent again once, whatever the order of its members, and answers 200 with the same id', async () => {
    const server = await startTestServer(open);
    const event = sampleEvent({ event_id: '019BBBAD-4606-7C83-8695-A8E7C7176213' });
    expect((await server.post(single, event)).status).toBe(201);
    const reordered = Object.fromEntries(Object.entries(event).reverse());
    const again = await server.post(single, reordered);
    expect([again.status, JSON.parse(again.text).event_id]).toEqual([
      200,
      '019bbbad-4606-7c83-8695-a8e7c7176213',
    ]);
    const mixed = await server.post(batch, [event, sampleEvent(), event]);
    expect([mixed.status, JSON.parse(mixed.text).event_ids]).toHaveLength(2);
    expect((await server.post(batch, [event, event])).status).toBe(200);
    expect(await checkChain(server.database)).toBe(2);
  });

  it('recognises events with personal data when they are sent again', async () => {
    const server = await startTestServer(open);
    const event = readExample('webhook.notification.cancelled.valid');
    expect((await server.post(single, event)).status).toBe(201);
    expect((await server.post(single, event)).status).toBe(200);
  });

  it('refuses the same id with other content, names it, and stores nothing of the batch', async () => {
    const server = await startTestServer(open);
    const event = sampleEvent();
    await server.post(single, event);
    const answer = await server.post(batch, [sampleEvent(), { ...event, event_action: 'other' }]);
    expect(answer.status).toBe(409);
    expect(problemOf(answer).errors).toMatchObject([
      { index: 1, event_id: event.event_id, pointer: '/event_id' },
    ]);
    const id = sampleEvent().event_id as string;
    const twice = [sampleEvent({ event_id: id }), sampleEvent({ event_id: id, event_action: 'other' })];
    expect((await server.post(batch, twice)).status).toBe(409);
    expect(await checkChain(server.database)).toBe(1);
  });

  it('keeps one unbroken chain and a dense sequence when 64 writers share a correlation', async () => {
    const server = await startTestServer(open);
    const urls = `${server.url}${single}`;
    const writers = Array.from({ length: 64 }, async () => {
      for (let count = 0; count < 5; count += 1) {
        const answer = await fetch(urls, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(sampleEvent()),
        });
        expect(answer.status).toBe(201);
      }
    });
    await Promise.all(writers);
    expect(await checkChain(server.database)).toBe(320);
  });

  it('keeps the chain across a change of writer and a restart', async () => {
    const database = await open();
    const shared = async () => ({ ...database, close: async () => {} });
    const signingKey = { file: signingKeyFile() };
    const first = await startTestServer(shared, { signingKey });
    const second = await startTestServer(shared, { signingKey });
    for (const server of [first, second, first, first, second]) {
      expect((await server.post(single, sampleEvent())).status).toBe(201);
    }
    expect(await checkChain(database)).toBe(5);
    await database.close();
  });

  it('takes what every column can hold: longest texts, largest numbers, odd offsets, hostile characters', async () => {
    const server = await startTestServer(open);
    const text = (length: number) => `\\N\t"'\r\n\u202e😀${'x'.repeat(length)}`.slice(0, length);
    const events = [
      sampleEvent({
        actor_id: text(255),
        actor_type: text(50),
        resource_id: text(255),
        resource_type: text(100),
      }),
      sampleEvent({
        correlation_id: text(255),
        namespace: text(253),
        cluster_name: text(255),
        severity: text(50),
      }),
      sampleEvent({ event_action: text(50), duration_ms: Number.MAX_SAFE_INTEGER }),
      sampleEvent({
        duration_ms: null,
        namespace: null,
        cluster_name: null,
        severity: null,
        parent_event_id: null,
      }),
      sampleEvent({ event_timestamp: '2026-01-15T10:30:00.123456789+23:59' }),
      sampleEvent({ event_timestamp: '1970-01-01T00:00:00-00:00' }),
      sampleEvent({ parent_event_id: '00000000-0000-0000-0000-000000000000', actor_id: '' }),
    ];
    expect((await server.post(batch, events)).status).toBe(201);
    expect(await server.records()).toMatchObject(events);
    expect(await checkChain(server.database)).toBe(events.length);
  });
});

describeDatabases('numbers', (open) => {
  it('keeps every digit of an integer that JavaScript cannot hold, and knows the event when it comes again', async () => {
    const server = await startTestServer(open);
    const event = readExample('gateway.signal.received.valid') as { event_data: object };
    const body = JSON.stringify({
      ...event,
      event_data: { ...event.event_data, original_payload: { limit: '@', list: ['@'] } },
    }).replaceAll('"@"', '-9223372036854775807');
    const json = { 'content-type': 'application/json' };
    expect((await server.send('POST', single, body, json)).status).toBe(201);
    expect((await server.send('POST', single, body, json)).status).toBe(200);
    const answer = await server.send('GET', single);
    expect(answer.text).toContain('{"limit":-9223372036854775807,"list":[-9223372036854775807]}');
    expect(await checkChain(server.database)).toBe(1);
  });

  it('refuses numbers beyond what JSON readers keep, and long integers where the contract has a limit', async () => {
    const server = await startTestServer(open);
    const event = JSON.stringify(sampleEvent({ duration_ms: 77 }));
    const [huge, long] = ['1e400', '9007199254740993'].map((number) =>
      event.replace('"duration_ms":77', `"duration_ms":${number}`),
    );
    for (const body of [huge, long]) {
      const answer = await server.send('POST', single, body, { 'content-type': 'application/json' });
      expect([answer.status, problemOf(answer).errors?.[0]?.pointer]).toEqual([400, '/duration_ms']);
    }
  });
});

describe('refusing events', () => {
  const expected = readExample('invalid.expected') as Record<string, { pointer: string }>;

  describeDatabases('bad input', (open) => {
    it('names the fault of every invalid example by pointer and stores nothing', async () => {
      const server = await startTestServer(open);
      for (const type of exampleTypes) {
        const event = readExample(`${type}.invalid`) as { event_id?: string };
        const answer = await server.post(single, event);
        expect(answer.status, type).toBe(400);
        expect(problemOf(answer).errors, type).toMatchObject([
          { index: 0, pointer: expected[type]?.pointer },
        ]);
      }
      expect(await checkChain(server.database)).toBe(0);
    });

    it('names every bad event of a batch by index, id and pointer', async () => {
      const server = await startTestServer(open);
      const deep = JSON.parse(`${'{"a":'.repeat(11)}1${'}'.repeat(11)}`);
      const gateway = readExample('gateway.signal.received.valid') as { event_data: object };
      const bad = [
        { ...sampleEvent(), event_type: 'no.such.type' },
        sampleEvent(),
        {
          ...sampleEvent(),
          event_data: { event_type: 'aianalysis.error.occurred', phase: 'a', error_message: 'b' },
        },
        { ...sampleEvent(), event_data: { ...sampleEvent().event_data, extra: 1 } },
        { ...sampleEvent(), event_data: { event_type: 'aianalysis.phase.transition', old_phase: 'Pending' } },
        { ...sampleEvent(), event_outcome: 'maybe' },
        { ...sampleEvent(), actor_id: 'nul\u0000' },
        { ...sampleEvent(), actor_id: 'x'.repeat(300) },
        { ...gateway, event_data: { ...gateway.event_data, original_payload: deep } },
        { ...sampleEvent(), resource_id: '\ud800' },
        { ...gateway, event_data: { ...gateway.event_data, signal_labels: { _sd: 'x' } } },
        { ...sampleEvent(), event_timestamp: '2999-01-01T00:00:00Z' },
        'not an object',
      ];
      const answer = await server.post(batch, bad);
      expect(answer.status).toBe(400);
      const found = problemOf(answer).errors?.map((error) => [error.index, error.code, error.pointer]);
      expect(found).toEqual([
        [0, 'unknown_event_type', '/event_type'],
        [2, 'type_mismatch', '/event_data/event_type'],
        [3, 'unknown_member', '/event_data/extra'],
        [4, 'missing', '/event_data/new_phase'],
        [5, 'wrong_value', '/event_outcome'],
        [6, 'unstorable_text', '/actor_id'],
        [7, 'out_of_range', '/actor_id'],
        [8, 'too_deep', `/event_data/original_payload${'/a'.repeat(9)}`],
        [9, 'unstorable_text', '/resource_id'],
        [10, 'reserved_name', '/event_data/signal_labels/_sd'],
        [11, 'out_of_time', '/event_timestamp'],
        [12, 'wrong_type', ''],
      ]);
      expect(problemOf(answer).errors?.[1]?.event_id).toBe((bad[2] as { event_id: string }).event_id);
      expect(problemOf(answer).detail).toBe(
        '12 of 13 events break the contract; nothing was stored. See errors.',
      );
      expect(await checkChain(server.database)).toBe(0);
    });

    it('keeps the connection usable through every kind of refusal', async () => {
      const server = await startTestServer(open);
      const json = { 'content-type': 'application/json' };
      const event = JSON.stringify(sampleEvent());
      const many = JSON.stringify(Array.from({ length: 501 }, () => sampleEvent()));
      const large = JSON.stringify([sampleEvent({ error: 'x'.repeat(6 * 1_048_576) } as object)]);
      const heavy = JSON.stringify({
        ...sampleEvent(),
        event_data: { ...sampleEvent().event_data, old_phase: 'x'.repeat(262_144) },
      });
      const refusals: [
        string,
        string,
        string | Buffer | undefined,
        Record<string, string>,
        number,
        string,
      ][] = [
        ['POST', single, '{"version":', json, 400, 'invalid-request'],
        ['POST', single, '', json, 400, 'invalid-request'],
        ['POST', single, undefined, {}, 400, 'invalid-request'],
        ['POST', single, Buffer.from([0x22, 0xff, 0x22]), json, 400, 'invalid-request'],
        ['POST', single, 'null', json, 400, 'validation-error'],
        ['POST', single, heavy, json, 400, 'validation-error'],
        ['POST', single, event, { 'content-type': 'text/plain' }, 415, 'unsupported-media-type'],
        ['POST', batch, event, json, 400, 'invalid-request'],
        ['POST', batch, '[]', json, 400, 'invalid-request'],
        ['POST', batch, many, json, 400, 'batch-size-exceeded'],
        ['POST', batch, large, json, 413, 'request-too-large'],
        ['POST', batch, large, { ...json, 'transfer-encoding': 'chunked' }, 413, 'request-too-large'],
        ['GET', '/api/v1/audit/nothing', undefined, {}, 404, 'not-found'],
        ['GET', '/%zz', undefined, {}, 400, 'invalid-request'],
        ['DELETE', single, undefined, {}, 405, 'method-not-allowed'],
      ];
      const { connection } = await server.send('GET', '/healthz');
      for (const [method, path, body, headers, status, slug] of refusals) {
        const answer = await server.send(method, path, body, headers);
        expect([answer.status, problemOf(answer).type], `${method} ${path}`).toEqual([
          status,
          `urn:audit:problem:${slug}`,
        ]);
        expect(answer.connection, `${method} ${path} ${slug}`).toBe(connection);
        expect(answer.headers['content-type']).toContain('application/problem+json');
      }
      expect(dataOf(await server.send('GET', single))).toEqual([]);
    });
  });
});
