import { expect, it } from 'vitest';
import { openMigratedPglite } from '../test-support/embedded-databases.ts';
import { parseExposition } from '../test-support/parse-exposition.ts';
import { sampleEvent } from '../test-support/sample-events.ts';
import { problemOf, startTestServer } from '../test-support/test-server.ts';

const single = '/api/v1/audit/events';
const requests = 'datastorage_http_request_duration_seconds_count{operation="createAuditEvent",status="201"}';

it('each server of a process counts its own, on its own port or on one for metrics alone', async () => {
  const database = await openMigratedPglite();
  // The database is closed with the second server, which ends first.
  const one = await startTestServer(async () => ({ ...database, close: async () => {} }));
  const other = await startTestServer(async () => database, { metricsPort: 0 });
  for (const server of [one, one, other]) await server.post(single, sampleEvent());

  const answer = await one.send('GET', '/metrics');
  expect([answer.status, answer.headers['content-type'], answer.headers['cache-control']]).toEqual([
    200,
    'text/plain; version=0.0.4; charset=utf-8',
    'no-store',
  ]);
  expect(parseExposition(answer.text).samples.get(requests)).toBe(2);

  expect(problemOf(await other.send('GET', '/metrics')).status).toBe(404);
  const alone = await fetch(`${other.metricsUrl}/metrics`);
  const { samples } = parseExposition(await alone.text());
  expect([alone.status, samples.get(requests), samples.get('datastorage_checkpoint_size')]).toEqual([
    200, 1, 3,
  ]);
  expect((await fetch(`${other.metricsUrl}${single}`, { method: 'POST' })).status).toBe(404);
});

it('answers while the database cannot be asked, and says so', async () => {
  const server = await startTestServer(openMigratedPglite);
  await server.post(single, sampleEvent());
  const before = parseExposition((await server.send('GET', '/metrics')).text);
  expect(before.samples.get('datastorage_database_up')).toBe(1);
  await server.database.query('drop schema audit cascade');
  const { samples } = parseExposition((await server.send('GET', '/metrics')).text);
  // What it said last stays, for whoever looks when it is away.
  expect([samples.get('datastorage_database_up'), samples.get('datastorage_checkpoint_size')]).toEqual([
    0, 1,
  ]);
});
