import { expect, it } from 'vitest';
import { describeDatabases } from '../test-support/describe-databases.ts';
import { sampleEvent } from '../test-support/sample-events.ts';
import { problemOf, startTestServer } from '../test-support/test-server.ts';

const batch = '/api/v1/audit/events/batch';
const now = () => Date.parse('2026-02-01T00:00:00Z');

describeDatabases('limits', (open) => {
  it('are told as the contract has them when nothing is configured', async () => {
    const server = await startTestServer(open);
    const answer = await server.send('GET', '/api/v1/audit/limits');
    expect([answer.status, JSON.parse(answer.text)]).toEqual([
      200,
      {
        batch_events_max: 500,
        body_bytes_max: 5_242_880,
        event_bytes_max: 262_144,
        event_data_depth_max: 10,
        event_timestamp_future_max_seconds: 3_600,
        event_timestamp_past_max_seconds: null,
      },
    ]);
  });

  it('are told as they are configured, kept to the last value, and named by refusals', async () => {
    const limits = {
      batchEventsMax: 2,
      bodyBytesMax: 4_000,
      eventFutureSecondsMax: 60,
      eventPastSecondsMax: 86_400,
    };
    const server = await startTestServer(open, { limits, now });
    expect(JSON.parse((await server.send('GET', '/api/v1/audit/limits')).text)).toMatchObject({
      batch_events_max: 2,
      body_bytes_max: 4_000,
      event_timestamp_future_max_seconds: 60,
      event_timestamp_past_max_seconds: 86_400,
    });
    const at = (event_timestamp: string) => sampleEvent({ event_timestamp });
    const kept = [at('2026-01-31T00:00:00Z'), at('2026-02-01T00:01:00Z')];
    expect((await server.post(batch, kept)).status).toBe(201);
    const refused = await server.post(batch, [
      at('2026-01-30T23:59:59.999Z'),
      at('2026-02-01T00:01:00.001Z'),
    ]);
    expect(problemOf(refused).errors?.map(({ index, code, expected }) => [index, code, expected])).toEqual(
      [0, 1].map((index) => [
        index,
        'out_of_time',
        'a time from 2026-01-31T00:00:00.000Z to 2026-02-01T00:01:00.000Z, ' +
          "at most 86400 seconds behind and at most 60 seconds ahead of the server's clock",
      ]),
    );
    const three = await server.post(batch, [sampleEvent(), sampleEvent(), sampleEvent()]);
    expect(problemOf(three)).toMatchObject({ detail: expect.stringContaining('at most 2') });
    const large = await server.post(batch, [sampleEvent({ resource_id: 'x'.repeat(4_000) })]);
    expect([large.status, problemOf(large).detail]).toEqual([413, expect.stringContaining('4000 bytes')]);
  });

  it('leave the past open to 1970 and the future to 60 minutes when nothing is configured', async () => {
    const server = await startTestServer(open, { now });
    const at = (event_timestamp: string) => sampleEvent({ event_timestamp });
    const kept = [at('1970-01-01T00:00:00Z'), at('2025-12-31T23:59:59.999999Z'), at('2026-02-01T01:00:00Z')];
    expect((await server.post(batch, kept)).status).toBe(201);
    const refused = await server.post(batch, [at('1969-12-31T23:59:59Z'), at('2026-02-01T01:00:00.001Z')]);
    expect(problemOf(refused).errors?.map(({ index }) => index)).toEqual([0, 1]);
    expect(problemOf(refused).errors?.[0]?.expected).toBe(
      'a time from 1970-01-01T00:00:00.000Z to 2026-02-01T01:00:00.000Z, ' +
        "at most 3600 seconds ahead of the server's clock",
    );
  });
});
