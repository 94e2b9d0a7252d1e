import { leafHash } from '@audit/integrity';
import { expect, it } from 'vitest';
import { describeDatabases } from '../test-support/describe-databases.ts';
import { sampleEvent } from '../test-support/sample-events.ts';
import { startTestServer, type TestServer } from '../test-support/test-server.ts';

const single = '/api/v1/audit/events';
const batch = '/api/v1/audit/events/batch';
const trace_id = '4bf92f3577b34da6a3ce929d0e0e4736';
const span_id = '00f067aa0ba902b7';
const traceparent = `00-${trace_id}-${span_id}-01`;
const own = { trace_id: 'a'.repeat(32), span_id: 'b'.repeat(16) };

function post(server: TestServer, path: string, body: unknown, header: string): Promise<number> {
  const headers = { 'content-type': 'application/json', traceparent: header };
  return server.send('POST', path, JSON.stringify(body), headers).then(({ status }) => status);
}

async function tracesOf(server: TestServer): Promise<unknown[]> {
  return (await server.records()).map((record) => [record.trace_id, record.span_id]);
}

describeDatabases('the trace of an event', (open) => {
  it('is what the event says, else that of the request which writes it alone, and is part of the hashed record', async () => {
    const server = await startTestServer(open);
    expect(await post(server, single, sampleEvent(), traceparent)).toBe(201);
    expect(await post(server, single, { ...sampleEvent(), ...own }, traceparent)).toBe(201);
    expect(await post(server, single, { ...sampleEvent(), trace_id: own.trace_id }, traceparent)).toBe(201);
    // The header of a batch tells of its sending.
    expect(await post(server, batch, [sampleEvent(), { ...sampleEvent(), ...own }], traceparent)).toBe(201);
    expect(await tracesOf(server)).toEqual([
      [trace_id, span_id],
      [own.trace_id, own.span_id],
      [own.trace_id, undefined],
      [undefined, undefined],
      [own.trace_id, own.span_id],
    ]);
    const [row] = await server.database.query<{ record: string; event_hash: string }>(
      "select record::text as record, encode(event_hash, 'hex') as event_hash from audit.records where sequence = 0",
    );
    expect(JSON.parse(row?.record ?? '')).toMatchObject({ trace_id, span_id });
    expect(leafHash(row?.record ?? '')).toBe(row?.event_hash);
  });

  it('does not make an event another one: sent again in another span it is stored once, also while it is being stored', async () => {
    const server = await startTestServer(open);
    const event = sampleEvent();
    const statuses = await Promise.all([
      post(server, single, event, traceparent),
      post(server, single, event, `00-${'c'.repeat(32)}-${span_id}-01`),
    ]);
    expect(statuses.toSorted()).toEqual([200, 201]);
    expect(await post(server, single, { ...event, ...own }, traceparent)).toBe(200);
    expect(await post(server, batch, [event], '')).toBe(200);
    expect(await post(server, single, { ...event, ...own, event_action: 'other' }, traceparent)).toBe(409);
    expect(await tracesOf(server)).toHaveLength(1);
  });
});

describeDatabases('a header that is no trace context', (open) => {
  it('is ignored, and its event stored', async () => {
    const server = await startTestServer(open);
    const hostile = [
      `ff${traceparent.slice(2)}`,
      traceparent.replace(trace_id, '0'.repeat(32)),
      `${traceparent}","actor_id":"root`,
      `${traceparent}, ${traceparent}`,
      traceparent.toUpperCase(),
      'x'.repeat(8_000),
    ];
    for (const header of hostile) expect(await post(server, single, sampleEvent(), header)).toBe(201);
    expect(new Set((await tracesOf(server)).flat())).toEqual(new Set([undefined]));
  });

  it('is refused where it is a member of the event', async () => {
    const server = await startTestServer(open);
    for (const wrong of ['0'.repeat(31), 'A'.repeat(32), '', 5, null])
      expect(await post(server, single, { ...sampleEvent(), trace_id: wrong }, '')).toBe(400);
  });
});
