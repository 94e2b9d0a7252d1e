import { createHash } from 'node:crypto';
import { createDatabase, startPostgres } from '@audit/environments';
import { specHash, specVersion } from '@audit/schema';
import { expect, it, onTestFinished } from 'vitest';
import { openPostgres } from '../store/postgres.ts';
import { checkChain } from '../test-support/check-chain.ts';
import { describeDatabases } from '../test-support/describe-databases.ts';
import { sampleEvent } from '../test-support/sample-events.ts';
import { problemOf, startTestServer } from '../test-support/test-server.ts';

describeDatabases('probes and contract', (open) => {
  it('serves the contract it checks against, and names its version and hash everywhere', async () => {
    const server = await startTestServer(open);
    const answer = await server.send('GET', '/openapi.json');
    expect(createHash('sha256').update(answer.text).digest('hex')).toBe(specHash);
    expect(answer.headers['audit-spec']).toBe(`${specVersion}+sha256.${specHash}`);
    const ready = await server.send('GET', '/readyz');
    expect([ready.status, JSON.parse(ready.text)]).toEqual([
      200,
      { status: 'ready', log_id: 'default', spec_version: specVersion, spec_hash: specHash },
    ]);
    const problem = problemOf(await server.post('/api/v1/audit/events', {}));
    expect([problem.spec_version, problem.spec_hash]).toEqual([specVersion, specHash]);
  });
});

it('answers 503 without a spool while PostgreSQL is killed, says nothing of the driver, and goes on when it is back', async () => {
  const postgres = await startPostgres();
  onTestFinished(() => postgres.stop());
  const url = await createDatabase(postgres.url);
  const server = await startTestServer(async () => openPostgres({ url, onIdleError: () => {} }));
  const event = sampleEvent();
  expect((await server.post('/api/v1/audit/events', event)).status).toBe(201);
  await postgres.kill();
  // Its backends live a moment longer.
  server.database.disconnect();
  const ready = await server.send('GET', '/readyz');
  expect([ready.status, JSON.parse(ready.text).reason]).toEqual([503, 'database_unreachable']);
  expect((await server.send('GET', '/healthz')).status).toBe(200);
  const answers = [
    await server.post('/api/v1/audit/events', sampleEvent()),
    await server.send('GET', '/api/v1/audit/events'),
  ];
  for (const answer of answers) {
    expect([answer.status, answer.headers['retry-after']]).toEqual([503, '1']);
    expect(problemOf(answer).detail).toBe(
      'The store cannot be used now. Send the same request again, with the same event ids.',
    );
  }
  await postgres.restart();
  expect((await server.post('/api/v1/audit/events', event)).status).toBe(200);
  expect((await server.post('/api/v1/audit/events', sampleEvent())).status).toBe(201);
  expect(await checkChain(server.database)).toBe(2);
});
